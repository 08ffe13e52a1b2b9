import { randomBytes } from 'node:crypto'
import type { Services } from '../../actions/services.ts'
import type { Invitation } from '../../domain/invitation.ts'
import type { Member } from '../../domain/member.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { asRemoved, mayManageUsers, memberAt, whyNotEdit } from '../../permissions/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { hashSecret } from '../../vault/hash-secret.ts'
import { placesOf, warnOfPlaces } from '../billing/places.ts'
import { createRateLimit } from '../rate-limit.ts'
import { administrationEntry, type Guard } from './guard.ts'

/** How long an invitation holds, in days. */
export const invitationDays = 7
const lifetime = invitationDays * 24 * 60 * 60_000

/** Letters of one tenant: whoever may invite must not be able to write to strangers without end. */
export const lettersPerDay = 100

/** What came of following an invitation. */
export type Joined =
  /** Used, revoked, expired, replaced by a newer one, or never there. */
  | 'gone'
  /** Signed in with another address than the invited one. */
  | 'other-account'
  /** Of another workspace than the tenant's. */
  | 'outside'
  /** Who invited may not do so any more. */
  | 'withdrawn'
  | 'already'
  | 'full'
  | { readonly tenant: string }

/** Who signed in with Slack. */
export interface Visitor {
  readonly userId: string
  readonly name: string
  /** As Slack has verified it; `null` = it has not. */
  readonly email: string | null
  /** Of the tenant's own workspace or organisation, and no bot. */
  readonly belongs: boolean
}

/** Invitations of people who are known by their address alone. */
export interface MailInvitations {
  /** Those that are open, oldest first. */
  list(tenantId: string): Promise<readonly Invitation[]>
  /** Keeps an invitation and sends its letter; one for the same address is replaced. */
  send(tenant: Tenant, userId: string, email: string, member: Member): Promise<() => Promise<void>>
  /** A new link, by a new letter; the old one is dead. Gives what to say. */
  resend(tenantId: string, userId: string, id: string): Promise<Phrase>
  revoke(tenantId: string, userId: string, id: string): Promise<Phrase>
  /** What the page of an invitation shows; `null` = gone. @param tokenHash of `hashSecret` */
  look(tenantId: string, tokenHash: string): Promise<{ invitation: Invitation; tenant: Tenant; person: string } | null>
  accept(tenantId: string, tokenHash: string, visitor: Visitor): Promise<Joined>
  /** Ends what has expired, with a record and a word to who invited. */
  expire(signal?: AbortSignal): Promise<void>
}

/** @param link the address of an invitation's page */
export function createMailInvitations(
  services: Services,
  guard: Guard,
  link: (tenantId: string, token: string) => string,
): MailInvitations {
  const { storage, knowledge, log } = services
  const mayWrite = createRateLimit(lettersPerDay / 86_400, lettersPerDay, services.now)
  const tenantOf = async (tenantId: string) => (await knowledge.snapshot(tenantId)).knowledge.tenant
  const nameOf = (tenantId: string, userId: string) => services.people.nameOf(tenantId, userId)

  async function direct(tenant: Tenant, userId: string, title: Phrase, lines: readonly Phrase[] = []): Promise<void> {
    const answer = { kind: 'notice', title, lines } as const
    await services.messenger
      .direct(tenant.id, userId, tenant.language, answer)
      .catch((error: unknown) => log.warn({ err: error, tenant: tenant.id }, 'news of an invitation went untold'))
  }

  /** By e-mail; where that fails or there is none, who invited gets the link to pass on. */
  async function deliver(tenant: Tenant, userId: string, email: string, token: string): Promise<void> {
    const url = link(tenant.id, token)
    const maySend = services.mailer !== undefined && mayWrite(tenant.id)
    if (services.mailer && maySend) {
      try {
        const { layOutMail } = await import('../../email/layout.ts')
        const content = {
          title: phrase('invite.mail.title', { person: await nameOf(tenant.id, userId), tenant: tenant.name }),
          lines: [phrase('invite.mail.about'), phrase('invite.mail.once', { days: invitationDays })],
          button: { label: phrase('invite.mail.button'), url },
        }
        return await services.mailer.send({ to: email, ...layOutMail(tenant.language, content) })
      } catch (error) {
        log.warn({ err: error, tenant: tenant.id }, 'an invitation could not be sent by e-mail')
      }
    }
    const why = !services.mailer ? 'noMail' : maySend ? 'failed' : 'limit'
    const title = phrase(`invite.link.${why}`, { email, limit: lettersPerDay })
    const pass = phrase('invite.link.pass', { email, url: { kind: 'link', url, label: url }, days: invitationDays })
    await direct(tenant, userId, title, [pass])
  }

  async function keep(tenant: Tenant, userId: string, invitation: Invitation, command: string) {
    const token = randomBytes(32).toString('hex')
    const { email, member } = invitation
    const details = { role: member.role, groups: member.groups.join(', '), expiresAt: invitation.expiresAt }
    const about = { command, resource: email, result: 'changed', details } as const
    await storage.invitations.save(invitation, hashSecret(token), administrationEntry(services.now(), userId, about))
    return () => deliver(tenant, userId, email, token)
  }

  /** The open invitation, for who may change it; else what to say. */
  async function toChange(tenantId: string, userId: string, id: string, command: string): Promise<Invitation | Phrase> {
    const refused = await guard.refusal(tenantId, userId, command, 'flag.canManageUsers', mayManageUsers)
    if (refused) return refused
    const found = (await storage.invitations.list(tenantId)).find((each) => each.id === id)
    if (!found) return phrase('invite.gone')
    const { member: editor } = await guard.memberNow(tenantId, userId)
    const why = whyNotEdit(editor, asRemoved(found.member, 0), found.member)
    if (!why) return found
    return guard.refuse(tenantId, userId, { command, rule: 'team.edit', resource: found.email }, why)
  }

  return {
    list: (tenantId) => storage.invitations.list(tenantId),
    send(tenant, userId, email, member) {
      const now = services.now()
      const about = { tenantId: tenant.id, id: services.newId(), email, member, invitedBy: userId }
      return keep(tenant, userId, { ...about, createdAt: now, expiresAt: now + lifetime }, 'member.invite')
    },
    async resend(tenantId, userId, id) {
      const found = await toChange(tenantId, userId, id, 'invitation.resend')
      if ('key' in found) return found
      const again = { ...found, invitedBy: userId, expiresAt: services.now() + lifetime }
      const deliverIt = await keep(await tenantOf(tenantId), userId, again, 'invitation.resend')
      void deliverIt().catch((error: unknown) => log.warn({ err: error, tenant: tenantId }, 'an invitation failed'))
      return phrase('invite.resent', { email: found.email })
    },
    async revoke(tenantId, userId, id) {
      const found = await toChange(tenantId, userId, id, 'invitation.revoke')
      if ('key' in found) return found
      const about = { command: 'invitation.revoke', resource: found.email, result: 'changed' } as const
      const isGone = await storage.invitations.remove(tenantId, id, administrationEntry(services.now(), userId, about))
      return isGone ? phrase('invite.revoked', { email: found.email }) : phrase('invite.gone')
    },
    async look(tenantId, tokenHash) {
      const invitation = await storage.invitations.find(tenantId, tokenHash)
      if (!invitation || invitation.expiresAt <= services.now()) return null
      return { invitation, tenant: await tenantOf(tenantId), person: await nameOf(tenantId, invitation.invitedBy) }
    },
    async accept(tenantId, tokenHash, { userId, name, email, belongs }) {
      const invitation = await storage.invitations.find(tenantId, tokenHash)
      if (!invitation || invitation.expiresAt <= services.now()) return 'gone'
      const refuse = async (rule: string, why: 'outside' | 'other-account' | 'withdrawn' | 'full') => {
        const about = { command: 'invitation.accept', resource: invitation.email, result: 'refused' } as const
        const entry = administrationEntry(services.now(), userId, { ...about, details: { rule } })
        await storage.audit.append(tenantId, entry)
        return why
      }
      if (!belongs) return refuse('invitation.workspace', 'outside')
      if (email?.toLowerCase() !== invitation.email) return refuse('invitation.address', 'other-account')
      const [found, known, tenant] = await Promise.all([
        storage.members.findBySlackId(tenantId, invitation.invitedBy),
        storage.members.findBySlackId(tenantId, userId),
        tenantOf(tenantId),
      ])
      const inviter = found && memberAt(found, services.now())
      if (!inviter || whyNotEdit(inviter, asRemoved(invitation.member, 0), invitation.member))
        return refuse('invitation.inviter', 'withdrawn')
      const closed = [...(known?.restrictedResources ?? []), ...invitation.member.restrictedResources]
      const identity = { id: services.newId(), slackUserId: userId, name, restrictedResources: [...new Set(closed)] }
      const member = { ...invitation.member, ...identity }
      const details = { member: userId, role: member.role, groups: member.groups.join(', '), by: invitation.invitedBy }
      const about = { command: 'invitation.accept', resource: invitation.email, result: 'changed', details } as const
      const entry = administrationEntry(services.now(), userId, about)
      const came = await storage.invitations.accept(tenantId, tokenHash, member, entry, placesOf(services, tenant))
      if (came === 'full') return refuse('plan.people', 'full')
      if (came === 'gone') return 'gone'
      if (came === 'member') return 'already'
      knowledge.drop(tenantId)
      const tell = async () => {
        await direct(tenant, invitation.invitedBy, phrase('invite.came', { person: name, email: invitation.email }))
        await warnOfPlaces(services, tenant)
      }
      void tell().catch((error: unknown) => log.warn({ err: error, tenant: tenantId }, 'an arrival went untold'))
      return { tenant: tenant.name }
    },
    async expire(signal) {
      for (const tenantId of await storage.invitations.expiredTenants(services.now())) {
        if (signal?.aborted) return
        const tenant = await tenantOf(tenantId)
        for (const { id, email, invitedBy, expiresAt } of await storage.invitations.list(tenantId)) {
          if (expiresAt > services.now()) continue
          const about = { command: 'invitation.expire', resource: email, result: 'expired' } as const
          const entry = administrationEntry(services.now(), invitedBy, about)
          if (await storage.invitations.remove(tenantId, id, entry))
            await direct(tenant, invitedBy, phrase('invite.expired', { email }))
        }
      }
    },
  }
}
