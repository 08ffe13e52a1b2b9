import type { Services } from '../../actions/services.ts'
import { isMailAddress } from '../../capabilities/mail.ts'
import type { Member } from '../../domain/member.ts'
import type { Tenant, TenantKind } from '../../domain/tenant.ts'
import { defaultZones } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Checked, type Form, failed, problems, textOf } from '../administration/form.ts'
import { differences } from './differences.ts'
import { administrationEntry, type Guard } from './guard.ts'
import type { Saved } from './team.ts'

/** Who a tenant is for, its language and its time zone: chosen at the first visit, changed later. */
export interface Setup {
  /** `opened`: what the form showed (`setupKey`); what someone else chose since is kept. */
  save(tenantId: string, userId: string, form: Form, opened: string): Promise<Saved<Tenant>>
  /** IANA zones that contain a text, the likeliest first. */
  timeZones(typed: string): readonly string[]
}

type Settings = Pick<Tenant, 'kind' | 'language' | 'timeZone' | 'contact'>

/** What a form of a tenant's settings shows, in a word. */
export const setupKey = ({ kind, language, timeZone, contact, setUpAt }: Tenant): string =>
  [kind, language, timeZone, ...(contact ? [contact] : []), setUpAt ? 'again' : 'first'].join(' ')

/** A tenant as a whole is set up by its admins. */
export const maySetUp = (member: Member): boolean => member.removedAt === undefined && member.role === 'admin'

let known: readonly string[] | undefined
/** Listed when someone first looks for one. */
function allZones(): readonly string[] {
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone')]
  return known
}
const mostZones = 100

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function checkSettings(form: Form, isFirst: boolean): Checked<Settings> {
  const kind = (['company', 'individual'] as const).find((each) => each === textOf(form, 'kind'))
  const language = (['fr', 'en'] as const).find((each) => each === textOf(form, 'language'))
  const timeZone = textOf(form, 'timeZone')
  // The first visit does not ask for it.
  const contact = textOf(form, 'contact') || (isFirst ? undefined : null)
  const wrong = problems({
    contact: contact && !isMailAddress(contact) ? phrase('invite.badAddress', { email: contact }) : null,
    kind: kind ? null : phrase('form.required'),
    language: language ? null : phrase('form.required'),
    timeZone: timeZone !== '' && isZone(timeZone) ? null : phrase('form.required'),
  })
  return wrong || !kind || !language
    ? failed(wrong ?? {})
    : { ok: true, value: { kind, language, timeZone, ...(contact === undefined ? {} : { contact }) } }
}

/** Zones that nobody has edited are those that the tenant's kind begins with; edited ones stay. */
async function fitZones({ storage, newId }: Services, tenantId: string, kind: TenantKind): Promise<void> {
  if (await storage.zones.isEdited(tenantId)) return
  const fitting = new Map(defaultZones(tenantId, newId, kind).map((zone) => [zone.name, zone]))
  for (const zone of await storage.zones.list(tenantId)) {
    const { grants } = fitting.get(zone.name) ?? zone
    await storage.zones.save({ ...zone, grants })
  }
}

/** A form that was opened on other settings saves nothing; zones get the grants that fit who the tenant is for. */
export function createSetup(services: Services, guard: Guard): Setup {
  const { storage, knowledge } = services
  return {
    async save(tenantId, userId, form, opened) {
      const refused = await guard.refusal(tenantId, userId, 'tenant.setup', 'role.admin', maySetUp)
      if (refused) return { kind: 'refused', say: refused }
      const checked = checkSettings(form, opened.endsWith(' first'))
      if (!checked.ok) return { kind: 'wrong', errors: checked.errors }
      const tenant = await storage.tenants.find(tenantId)
      if (!tenant) return { kind: 'refused', say: phrase('form.gone') }
      if (setupKey(tenant) !== opened) {
        const now = { value: tenant, version: 0, changedBy: null, changedAt: null }
        return { kind: 'stale', say: phrase('form.stale'), now }
      }
      const { kind, language, timeZone, contact = null } = tenant
      const before = { kind, language, timeZone, contact }
      const details = differences(before, { ...before, ...checked.value })
      const about = { command: 'tenant.setup', resource: tenant.name, result: 'changed', details } as const
      const now = services.now()
      const change = { ...checked.value, setUpAt: tenant.setUpAt ?? now }
      await storage.tenants.update(tenantId, change, administrationEntry(now, userId, about))
      if (change.kind !== tenant.kind) await fitZones(services, tenantId, change.kind)
      knowledge.drop(tenantId)
      return { kind: 'saved', afterwards: async () => {} }
    },
    timeZones(typed) {
      const wanted = typed.trim().toLowerCase().replaceAll(' ', '_')
      const place = (name: string) => name.toLowerCase().split('/').at(-1) ?? ''
      const fits = allZones().filter((name) => name.toLowerCase().includes(wanted))
      const first = fits.filter((name) => place(name).startsWith(wanted))
      return [...new Set([...first, ...fits])].slice(0, mostZones)
    },
  }
}
