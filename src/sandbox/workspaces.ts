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
  readonly people: readonly PersonSeed[]
  readonly channels: readonly ChannelSeed[]
  readonly userGroups?: readonly UserGroupSeed[]
}

const societeX: WorkspaceSeed = {
  id: 'T0SOCIETEX',
  name: 'Société X',
  domain: 'societe-x',
  kind: 'company',
  icon: '🏢',
  botUserId: 'U0NOXSOCX',
  people: [
    person('U0ALICE', 'alice', 'Alice Martin', 'admin', '#9b3b5c', 'alice@societe-x.example', { isAdmin: true }),
    person('U0BOB', 'bob', 'Bob Dupont', 'developer', '#3f63dc', 'bob@societe-x.example'),
    person('U0CAROL', 'carol', 'Carol Nguyen', 'senior', '#0e7343', 'carol@societe-x.example'),
    person('U0DORA', 'dora', 'Dora Petit', 'guest', '#855000', 'dora@client-z.example', { isGuest: true }),
  ],
  channels: [
    { id: 'C0GENERAL', name: 'general', topic: 'Toute la société', invitesApp: true },
    { id: 'C0DEVOPS', name: 'devops', topic: 'Déploiements et infrastructure', invitesApp: true, members: everybody() },
    { id: 'C0INCIDENTS', name: 'incidents', topic: 'Incidents en cours', invitesApp: true },
  ],
  userGroups: [{ id: 'S0SENIORS', handle: 'seniors', name: 'Seniors', users: ['U0ALICE', 'U0CAROL'] }],
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
  return ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0DORA']
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
