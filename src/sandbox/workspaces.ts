/** A person of a simulated workspace. */
export interface PersonSeed {
  readonly id: string
  readonly name: string
  readonly realName: string
  /** What the page's switcher shows: `admin`, `developer`, `senior`, `guest`. */
  readonly title: string
  readonly color: string
  readonly email: string
  readonly isAdmin?: boolean
  /** A single- or multi-channel guest. */
  readonly isGuest?: boolean
  readonly locale?: string
}

export interface ChannelSeed {
  readonly id: string
  readonly name: string
  readonly private?: boolean
  readonly topic: string
  /** Ids of people; omitted = everybody of the workspace but its guests. */
  readonly members?: readonly string[]
  /** The app is invited as soon as it is installed, as if a person had typed `/invite @NOX`. */
  readonly invitesApp?: boolean
  /** Shared with another company (Slack Connect). */
  readonly shared?: boolean
  /** Workspaces of this sandbox that it is shared with; their people may be members. */
  readonly sharedWith?: readonly string[]
}

/** What somebody said before one came: typed as people type. */
export interface SaidSeed {
  readonly channel: string
  readonly user: string
  readonly text: string
  /** By name, who reacted. */
  readonly reactions?: Readonly<Record<string, readonly string[]>>
}

export interface UserGroupSeed {
  readonly id: string
  readonly handle: string
  readonly name: string
  readonly users: readonly string[]
}

/** One simulated workspace. Ids are fixed, so that tests and a restarted sandbox agree on them. */
export interface WorkspaceSeed {
  readonly id: string
  readonly name: string
  readonly domain: string
  readonly kind: 'company' | 'individual'
  readonly icon: string
  /** The Enterprise Grid organisation that the workspace belongs to. */
  readonly enterprise?: { readonly id: string; readonly name: string }
  /** The user that the app becomes here once installed. */
  readonly botUserId: string
  /** Who looks at it first in the page, and at what; default: its first person and channel. */
  readonly opens?: { readonly user: string; readonly channel: string }
  readonly people: readonly PersonSeed[]
  readonly channels: readonly ChannelSeed[]
  readonly userGroups?: readonly UserGroupSeed[]
  readonly said?: readonly SaidSeed[]
}

const societeX: WorkspaceSeed = {
  id: 'T0SOCIETEX',
  name: 'Société X',
  domain: 'societe-x',
  kind: 'company',
  icon: '🏢',
  botUserId: 'U0NOXSOCX',
  opens: { user: 'U0BOB', channel: 'C0DEVOPS' },
  people: [
    person('U0ALICE', 'alice', 'Alice Martin', 'admin', '#9b3b5c', 'alice@societe-x.example', { isAdmin: true }),
    person('U0BOB', 'bob', 'Bob Dupont', 'developer', '#3f63dc', 'bob@societe-x.example'),
    person('U0CAROL', 'carol', 'Carol Nguyen', 'senior', '#0e7343', 'carol@societe-x.example'),
    person('U0EMMA', 'emma', 'Emma Leroy', 'developer', '#2f6f8f', 'emma@societe-x.example'),
    person('U0FARID', 'farid', 'Farid Haddad', 'developer', '#7a4a1f', 'farid@societe-x.example'),
    person('U0GABI', 'gabi', 'Gabi Costa', 'developer', '#6b3fa0', 'gabi@societe-x.example'),
    person('U0HUGO', 'hugo', 'Hugo Roche', 'senior', '#3d6b1f', 'hugo@societe-x.example'),
    person('U0DORA', 'dora', 'Dora Petit', 'guest', '#855000', 'dora@client-z.example', { isGuest: true }),
  ],
  channels: [
    { id: 'C0GENERAL', name: 'general', topic: 'Toute la société', invitesApp: true },
    { id: 'C0DEVOPS', name: 'devops', topic: 'Déploiements et infrastructure', invitesApp: true, members: everybody() },
    { id: 'C0INCIDENTS', name: 'incidents', topic: 'Incidents en cours', invitesApp: true },
    {
      id: 'C0EXTLEA',
      name: 'ext-freelance-lea',
      topic: 'Avec Léa, par Slack Connect',
      invitesApp: true,
      sharedWith: ['T0FREELEA'],
      members: ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0LEA'],
    },
    { id: 'C0RANDOM', name: 'random', topic: 'Tout et rien, sans NOX' },
  ],
  said: [
    {
      channel: 'C0GENERAL',
      user: 'U0ALICE',
      text: 'Bonjour à tous ! On passe à v2.4.0 cette semaine. @bob tu peux vérifier `user-api` en staging ?',
      reactions: { '+1': ['U0CAROL', 'U0HUGO', 'U0EMMA'], eyes: ['U0FARID'] },
    },
    {
      channel: 'C0INCIDENTS',
      user: 'U0HUGO',
      text: '`mailer` redémarre en boucle en production depuis ce matin, je regarde la mémoire.',
      reactions: { eyes: ['U0ALICE'] },
    },
    {
      channel: 'C0INCIDENTS',
      user: 'U0CAROL',
      text: 'NOX saura dire pourquoi : demandez-lui `pods de mailer en production`.',
    },
  ],
  userGroups: [{ id: 'S0SENIORS', handle: 'seniors', name: 'Seniors', users: ['U0ALICE', 'U0CAROL', 'U0HUGO'] }],
}

const freelanceLea: WorkspaceSeed = {
  id: 'T0FREELEA',
  name: 'Freelance Léa',
  domain: 'freelance-lea',
  kind: 'individual',
  icon: '🌱',
  botUserId: 'U0NOXLEA',
  people: [
    person('U0LEA', 'lea', 'Léa Moreau', 'admin', '#6b3fa0', 'lea@freelance.example', { isAdmin: true }),
    person('U0YANN', 'yann', 'Yann (client Y)', 'guest', '#855000', 'yann@client-y.example', { isGuest: true }),
  ],
  channels: [
    {
      id: 'C0CLIENTS',
      name: 'clients',
      topic: 'Clients Y et Z',
      invitesApp: true,
      members: ['U0LEA', 'U0YANN'],
    },
  ],
}

/** The workspaces that the sandbox starts with: a company and a freelance. */
export const seededWorkspaces: readonly WorkspaceSeed[] = [societeX, freelanceLea]

function everybody(): string[] {
  return ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0EMMA', 'U0FARID', 'U0GABI', 'U0HUGO', 'U0DORA']
}

function person(
  id: string,
  name: string,
  realName: string,
  title: string,
  color: string,
  email: string,
  more: { readonly isAdmin?: boolean; readonly isGuest?: boolean } = {},
): PersonSeed {
  return { id, name, realName, title, color, email, locale: 'fr-FR', ...more }
}
