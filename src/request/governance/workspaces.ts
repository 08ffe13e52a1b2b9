import { randomBytes } from 'node:crypto'
import type { Services } from '../../actions/services.ts'
import { dayMs } from '../../domain/plans.ts'
import { purgeDays } from '../../domain/retention.ts'
import { isOngoing } from '../../domain/subscription.ts'
import type { WorkspaceList } from '../../domain/tenant.ts'
import { isOf } from '../../domain/workspace-address.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { hashSecret } from '../../vault/hash-secret.ts'
import { placesOf } from '../billing/places.ts'
import { administrationEntry, type Guard } from './guard.ts'
import { createLeaveDesk, type LeaveDesk } from './leave-desk.ts'
import { carriedQuota, isAdmin, type Moved } from './moved.ts'
import { whatStays, windUp, windUpJoined } from './wind-up.ts'

/** How long a code holds, in hours, and a request, in days. */
export const codeHours = 1
export const requestDays = 7
const hourMs = 60 * 60_000

/**
 * Several workspaces in one tenant. An admin of the tenant makes a code, an admin of the other workspace asks with it, and
 * an admin of the tenant, who sees then which workspace asks, accepts: nothing joins that an admin of both did not confirm.
 */
export interface WorkspaceDesk extends LeaveDesk {
  list(tenantId: string): Promise<WorkspaceList>
  /** A code that works once; the one of before is dead. */
  issue(tenantId: string, userId: string): Promise<Phrase | { readonly code: string }>
  /** What would happen if the workspace of this admin joined, in words; `say` = it can't. */
  preview(tenantId: string, userId: string, code: string): Promise<{ say: Phrase } | { lines: readonly Phrase[] }>
  ask(tenantId: string, userId: string, code: string): Promise<Phrase>
  accept(tenantId: string, userId: string, id: string): Promise<Moved>
  refuse(tenantId: string, userId: string, id: string): Promise<Phrase>
  /** Ends what a crash left open in tenants whose workspace joined another one. */
  windUp(signal: AbortSignal): Promise<void>
}

/** `01JD….x7Rk…`: the tenant that is joined, and the secret. */
const codeShape = /^(\w{1,40})\.([\w-]{32})$/

/** A code is known by its hash, and holds only while whoever made it is an admin. */
export function createWorkspaceDesk(services: Services, guard: Guard): WorkspaceDesk {
  const { storage, knowledge, log } = services
  const tenantOf = async (tenantId: string) => (await knowledge.snapshot(tenantId)).knowledge.tenant

  async function adminNow(tenantId: string, userId: string): Promise<boolean> {
    const member = await storage.members.findBySlackId(tenantId, userId)
    return member !== null && isAdmin(member)
  }

  /** Why a workspace may not leave its tenant for another one; `null` = it may. */
  async function whyStay(fromTenantId: string, toTenantId: string): Promise<Phrase | null> {
    if (fromTenantId === toTenantId) return phrase('workspace.same')
    const [own, billing] = await Promise.all([
      storage.installations.listByTenant(fromTenantId),
      storage.billing.find(fromTenantId),
    ])
    if (own.length !== 1 || typeof own[0]?.joinedAt === 'number') return phrase('workspace.several')
    if (isOngoing(billing?.subscription ?? null)) return phrase('workspace.subscribed')
    const running = await storage.ledger.list(fromTenantId, { states: ['accepted', 'queued', 'running'], limit: 1 })
    return running[0] ? phrase('workspace.running', { n: running[0].number }) : null
  }

  /** The code's request, for an admin of the workspace that would join. */
  async function claimable(tenantId: string, userId: string, code: string) {
    const refused = await guard.refusal(tenantId, userId, 'workspace.ask', 'role.admin', isAdmin)
    if (refused) return refused
    const [, toTenantId = '', secret] = codeShape.exec(code.trim()) ?? []
    const codeHash = hashSecret(secret ?? '')
    const join = secret ? await storage.workspaceJoins.find(toTenantId, codeHash, services.now()) : null
    const bad = (rule: string, say: Phrase) => guard.refuse(tenantId, userId, { command: 'workspace.ask', rule }, say)
    // Who made the code and may do so no more has made none.
    if (!join || !(await adminNow(toTenantId, join.createdBy)))
      return bad('workspace.code', phrase('workspace.badCode'))
    const why = await whyStay(tenantId, toTenantId)
    return why ? bad('workspace.stays', why) : { join, codeHash, toTenantId }
  }

  async function tell(tenantId: string, userIds: readonly string[], title: Phrase, lines: readonly Phrase[] = []) {
    const { language } = await tenantOf(tenantId)
    for (const userId of userIds) {
      await services.messenger
        .direct(tenantId, userId, language, { kind: 'notice', title, lines })
        .catch((error: unknown) => log.warn({ err: error, tenant: tenantId }, 'news of a workspace went untold'))
    }
  }

  async function openRequest(tenantId: string, userId: string, id: string, command: string) {
    const refused = await guard.refusal(tenantId, userId, command, 'role.admin', isAdmin)
    if (refused) return refused
    const { requests } = await list(tenantId)
    return requests.find((each) => each.id === id) ?? phrase('workspace.gone')
  }

  async function list(tenantId: string): Promise<WorkspaceList> {
    const [workspaces, joins] = await Promise.all([
      storage.installations.listByTenant(tenantId),
      storage.workspaceJoins.list(tenantId, services.now()),
    ])
    return { workspaces, requests: joins.flatMap((join) => (join.asked ? [{ ...join, asked: join.asked }] : [])) }
  }

  return {
    list,
    async issue(tenantId, userId) {
      const refused = await guard.refusal(tenantId, userId, 'workspace.invite', 'role.admin', isAdmin)
      if (refused) return refused
      if ((await tenantOf(tenantId)).kind !== 'company') return phrase('workspace.company')
      const secret = randomBytes(24).toString('base64url')
      const now = services.now()
      const join = {
        tenantId,
        id: services.newId(),
        createdBy: userId,
        createdAt: now,
        expiresAt: now + codeHours * hourMs,
      }
      const about = { command: 'workspace.invite', resource: null, result: 'changed' } as const
      const details = { expiresAt: new Date(join.expiresAt).toISOString() }
      const entry = administrationEntry(now, userId, { ...about, details })
      await storage.workspaceJoins.issue(join, hashSecret(secret), entry)
      return { code: `${tenantId}.${secret}` }
    },
    async preview(tenantId, userId, code) {
      const found = await claimable(tenantId, userId, code)
      if ('key' in found) return { say: found }
      const to = await tenantOf(found.toTenantId)
      const lines = [
        phrase('workspace.preview', { tenant: to.name }),
        await whatStays(services, tenantId),
        phrase('workspace.preview.people', { tenant: to.name }),
        phrase('workspace.preview.leave'),
      ]
      return { lines }
    },
    async ask(tenantId, userId, code) {
      const found = await claimable(tenantId, userId, code)
      if ('key' in found) return found
      const { toTenantId, codeHash } = found
      const [own, from, to] = await Promise.all([
        storage.installations.findByTenant(tenantId),
        tenantOf(tenantId),
        tenantOf(toTenantId),
      ])
      if (!own || !isOf(own, userId)) return phrase('workspace.several')
      const userName = await services.people.nameOf(tenantId, userId)
      const { workspaceId } = own
      const asked = { workspaceId, workspaceName: from.name, userId, userName, fromTenantId: tenantId }
      const now = services.now()
      const about = { command: 'workspace.ask', result: 'changed' } as const
      const entry = (actor: string, resource: string, details: Record<string, string>) =>
        administrationEntry(now, actor, { ...about, resource, details })
      const joined = await storage.workspaceJoins.claim(toTenantId, codeHash, {
        asked,
        expiresAt: now + requestDays * dayMs,
        audit: entry(`${userId}_${workspaceId}`, from.name, { workspace: workspaceId, by: userName }),
        now,
      })
      if (!joined) return phrase('workspace.badCode')
      await storage.audit.append(tenantId, entry(userId, to.name, { workspace: workspaceId }))
      const admins = (await storage.members.list(toTenantId)).filter(isAdmin).map(({ slackUserId }) => slackUserId)
      const title = phrase('workspace.told.asked', { workspace: from.name, person: userName })
      void tell(toTenantId, admins, title, [phrase('workspace.told.decide', { days: requestDays })])
      return phrase('workspace.asked', { tenant: to.name, days: requestDays })
    },
    async accept(tenantId, userId, id) {
      const stays = (say: Phrase): Moved => ({ say, moved: [] })
      const request = await openRequest(tenantId, userId, id, 'workspace.join')
      if ('key' in request) return stays(request)
      const { workspaceId, workspaceName, userId: askedBy, fromTenantId } = request.asked
      const refuse = async (rule: string, say: Phrase) =>
        stays(await guard.refuse(tenantId, userId, { command: 'workspace.join', rule, resource: workspaceName }, say))
      if (!(await adminNow(fromTenantId, askedBy))) return refuse('workspace.asker', phrase('workspace.askerLeft'))
      const why = await whyStay(fromTenantId, tenantId)
      if (why) return refuse('workspace.stays', why)
      const tenant = await tenantOf(tenantId)
      const places = placesOf(services, tenant)
      const members = await storage.members.list(tenantId)
      const taken = members.filter((each) => places.takes(each)).length
      if (places.most !== null && taken >= places.most)
        return refuse('plan.people', phrase('workspace.full', { n: places.most }))
      const now = services.now()
      const purgeAt = now + purgeDays * dayMs
      const about = { command: 'workspace.join', result: 'changed' } as const
      const details = { workspace: workspaceId, by: request.asked.userName }
      const handover = {
        workspaceId,
        from: {
          tenantId: fromTenantId,
          audit: administrationEntry(now, askedBy, {
            ...about,
            resource: tenant.name,
            details: { workspace: workspaceId, purgeAt: new Date(purgeAt).toISOString() },
          }),
        },
        to: { tenantId, audit: administrationEntry(now, userId, { ...about, resource: workspaceName, details }) },
        joinedAt: now,
        name: workspaceName,
        quota: carriedQuota(now, tenant, { workspaceId, joinedAt: now }, members),
        installer: askedBy,
      }
      // Written first: a crash forgets no purge, and one of a tenant that still has its workspace is called off.
      await storage.purges.schedule(fromTenantId, purgeAt)
      if (!(await storage.workspaceJoins.accept(id, handover, now))) return stays(phrase('workspace.gone'))
      for (const each of [tenantId, fromTenantId]) knowledge.drop(each)
      const title = phrase('workspace.told.joined', { tenant: tenant.name })
      return {
        say: phrase('workspace.joined', { workspace: workspaceName }),
        moved: [tenantId, fromTenantId],
        // A crash before its end is made good by `windUp` below.
        async follow() {
          await tell(tenantId, [`${askedBy}_${workspaceId}`], title)
          await windUp(services, fromTenantId, askedBy)
        },
      }
    },
    async refuse(tenantId, userId, id) {
      const request = await openRequest(tenantId, userId, id, 'workspace.refuse')
      if ('key' in request) return request
      const { workspaceId, workspaceName, userId: askedBy, fromTenantId } = request.asked
      const about = { command: 'workspace.refuse', resource: workspaceName, result: 'changed' } as const
      const entry = administrationEntry(services.now(), userId, { ...about, details: { workspace: workspaceId } })
      if (!(await storage.workspaceJoins.remove(tenantId, id, entry))) return phrase('workspace.gone')
      const { name } = await tenantOf(tenantId)
      void tell(fromTenantId, [askedBy], phrase('workspace.told.refused', { tenant: name }))
      return phrase('workspace.refused', { workspace: workspaceName })
    },
    windUp: (signal) => windUpJoined(services, signal),
    ...createLeaveDesk(services, guard),
  }
}
