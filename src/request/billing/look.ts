import type { Services } from '../../actions/services.ts'
import { isLookIcon, isLookName, type Look, takenFor } from '../../domain/look.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { type Form, type FormErrors, textOf } from '../administration/form.ts'
import { administrationEntry, type Guard } from '../governance/guard.ts'
import { hasLook, mayLook } from './may-look.ts'

/** The name and the icon of NOX in a tenant's messages, as admins set them. Each call checks rights and plan anew. */
export interface LookDesk {
  /** What is set now; a sentence where it may not be opened. */
  now(tenantId: string, userId: string): Promise<{ readonly look: Look | null } | Phrase>
  /** `name` and `icon`; an empty name takes NOX's own again. `null` = saved. */
  save(tenantId: string, userId: string, form: Form): Promise<FormErrors | null>
}

/** @param namesIn the names of everybody in a tenant's workspace; rejects where they cannot all be read */
export function createLookDesk(
  services: Services,
  guard: Guard,
  namesIn: (tenantId: string) => Promise<readonly string[]>,
): LookDesk {
  const { storage, knowledge } = services

  async function refusal(tenantId: string, userId: string): Promise<Phrase | null> {
    const refused = await guard.refusal(tenantId, userId, 'look', 'admin', mayLook)
    if (refused) return refused
    const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
    if (hasLook(services.planOf(tenant))) return null
    const say = phrase('look.plan', { plan: services.planOf(tenant).name })
    return guard.refuse(tenantId, userId, { command: 'look', rule: 'plan.look' }, say)
  }

  /** Names of this moment, and those that NOX knows of people who left: they are still in the threads. */
  async function everybody(tenantId: string): Promise<readonly string[] | null> {
    try {
      const known = (await storage.members.list(tenantId)).map(({ name }) => name)
      return [...new Set([...(await namesIn(tenantId)), ...known])]
    } catch (error) {
      services.log.warn({ err: error, tenant: tenantId }, 'a name for NOX could not be compared with people’s names')
      return null
    }
  }

  async function problems(tenantId: string, name: string, icon: string): Promise<FormErrors | null> {
    if (!isLookName(name)) return { name: phrase('look.name') }
    if (icon !== '' && !isLookIcon(icon)) return { icon: phrase('look.icon') }
    const people = await everybody(tenantId)
    if (people === null) return { name: phrase('look.unsure') }
    const other = takenFor(name, people)
    return other === null ? null : { name: phrase('look.taken', { name: other }) }
  }

  return {
    async now(tenantId, userId) {
      const refused = await refusal(tenantId, userId)
      return refused ?? { look: (await storage.tenants.find(tenantId))?.look ?? null }
    },
    async save(tenantId, userId, form) {
      const refused = await refusal(tenantId, userId)
      if (refused) return { name: refused }
      const name = textOf(form, 'name').normalize('NFKC')
      const icon = textOf(form, 'icon')
      const wrong = name === '' && icon === '' ? null : await problems(tenantId, name, icon)
      if (wrong) return wrong
      const before = (await storage.tenants.find(tenantId))?.look ?? null
      const look = name === '' ? null : { name, icon: icon === '' ? null : icon }
      const details = { from: before?.name ?? 'NOX', to: look?.name ?? 'NOX', icon: look?.icon ?? '' }
      const about = { command: 'look', resource: look?.name ?? 'NOX', result: 'changed', details } as const
      await storage.tenants.update(tenantId, { look }, administrationEntry(services.now(), userId, about))
      knowledge.drop(tenantId)
      return null
    },
  }
}
