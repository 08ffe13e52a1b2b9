import type { Services } from '../../actions/services.ts'
import type { Member } from '../../domain/member.ts'
import type { Zone } from '../../domain/zone.ts'
import { type Estate, presetNames, zonePresets } from '../../permissions/index.ts'
import type { Edition } from '../../storage/types/edition.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { type Checked, type Form, type FormErrors, failed, textOf } from '../administration/form.ts'
import { checkCalendar, checkZone } from './check-zone.ts'
import { differences } from './differences.ts'
import { administrationEntry, type Guard } from './guard.ts'
import { staleNotice } from './stale-notice.ts'
import type { EditedRow, Saved } from './team.ts'
import { previewLines } from './zone-preview.ts'

/** The forms of zones: who may do what where, hours and freezes, removal, a way to begin. */
export const zoneParts = ['rules', 'calendar', 'remove', 'preset'] as const
export type ZonePart = (typeof zoneParts)[number]

/** A new zone, or a preset, is edited on nothing. */
export const newRow: EditedRow = { id: '', version: 0 }

/** What a form would change, in words, before it is saved. */
export type Previewed =
  | { readonly kind: 'preview'; readonly lines: readonly Phrase[] }
  | Exclude<Saved<Zone>, { kind: 'saved' }>

/** Zones, as those who manage them see and change them. */
export interface ZoneEditor {
  /** What a form of this zone shows; a sentence where it may not be opened. */
  open(tenantId: string, userId: string, zoneId: string): Promise<Edition<Zone> | Phrase>
  /** `null` = a new zone may be made; else why not. */
  openNew(tenantId: string, userId: string): Promise<Phrase | null>
  preview(tenantId: string, userId: string, part: ZonePart, form: Form, row: EditedRow): Promise<Previewed>
  /** Saves what `preview` showed; everything is checked again. */
  save(tenantId: string, userId: string, part: ZonePart, form: Form, row: EditedRow): Promise<Saved<Zone>>
  /** Environments that the catalogue, the clusters or zones name. */
  environments(tenantId: string): Promise<readonly string[]>
}

/** Zones are for those who manage them. */
export const mayManageZones = (member: Member): boolean =>
  member.removedAt === undefined && member.role !== 'guest' && member.flags.canManageActionZones

/** One zone before and after; `null` = is not there. */
interface Change {
  readonly before: Edition<Zone> | null
  readonly after: Zone | null
}

type Drafted =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  | Exclude<Saved<Zone>, { kind: 'saved' }>

/** A preview, and the save after it, are drafted alike: from the form and the zones of that moment. */
export function createZoneEditor(services: Services, guard: Guard): ZoneEditor {
  const { storage, knowledge } = services
  const refusal = (tenantId: string, userId: string, command: string) =>
    guard.refusal(tenantId, userId, command, 'flag.canManageActionZones', mayManageZones)

  async function stale(tenantId: string, now: Edition<Zone>): Promise<Saved<Zone> & { kind: 'stale' }> {
    return { kind: 'stale', say: await staleNotice(services, tenantId, now), now }
  }

  async function draft(tenantId: string, userId: string, part: ZonePart, form: Form, row: EditedRow): Promise<Drafted> {
    const refused = await refusal(tenantId, userId, `zone.${part}`)
    if (refused) return { kind: 'refused', say: refused }
    const zones = await storage.zones.list(tenantId)
    if (part === 'preset') return draftPreset(tenantId, form, zones)
    const before = row.id === '' ? null : await storage.zones.edition(tenantId, row.id)
    if (!before && (row.id !== '' || part !== 'rules')) return { kind: 'refused', say: phrase('form.gone') }
    if (before && before.version !== row.version) return stale(tenantId, before)
    if (part === 'remove') return { kind: 'changes', changes: [{ before, after: null }] }
    const others = zones.filter((zone) => zone.id !== row.id)
    const checked: Checked<Zone> =
      part === 'calendar' && before
        ? checkCalendar(form, before.value)
        : checkZone(form, before?.value ?? null, others, { tenantId, newId: services.newId })
    if (!checked.ok) return { kind: 'wrong', errors: checked.errors }
    return { kind: 'changes', changes: [{ before, after: checked.value }] }
  }

  /** Zones of the same name keep their id, hours and freezes. */
  async function draftPreset(tenantId: string, form: Form, zones: readonly Zone[]): Promise<Drafted> {
    const name = presetNames.find((each) => each === textOf(form, 'preset'))
    if (!name) return { kind: 'wrong', errors: failed({ preset: phrase('form.required') }).errors as FormErrors }
    const changes = zonePresets[name].map(async (preset): Promise<Change> => {
      const known = zones.find((zone) => zone.name.toLowerCase() === preset.name.toLowerCase())
      const before = known ? await storage.zones.edition(tenantId, known.id) : null
      return { before, after: { tenantId, id: services.newId(), ...before?.value, ...preset } }
    })
    return { kind: 'changes', changes: await Promise.all(changes) }
  }

  async function estateOf(tenantId: string): Promise<Estate> {
    const [{ knowledge: known }, members, environments] = await Promise.all([
      knowledge.snapshot(tenantId),
      storage.members.list(tenantId),
      environmentsOf(tenantId),
    ])
    const names = (things: readonly { readonly name: string }[]) => things.map((each) => each.name)
    return { members, environments, services: names(known.services), backups: names(known.backupTargets) }
  }

  async function environmentsOf(tenantId: string): Promise<readonly string[]> {
    const [{ knowledge: known }, zones] = await Promise.all([
      knowledge.snapshot(tenantId),
      storage.zones.list(tenantId),
    ])
    const named = [
      ...zones.flatMap((zone) => zone.environments),
      ...known.clusters.flatMap((cluster) => cluster.environments),
      ...known.services.flatMap((service) => service.targets.map((target) => target.environment)),
    ]
    const environments = new Set(named)
    environments.delete('*')
    return environments.size > 0 ? [...environments].sort() : ['development', 'staging', 'production']
  }

  /** `null` = written, or as it was; else the version of whoever was faster (`gone` = removed meanwhile). */
  async function write(tenantId: string, userId: string, part: ZonePart, { before, after }: Change) {
    if (before && after && JSON.stringify(before.value) === JSON.stringify(after)) return null
    const command = part === 'remove' ? 'zone.remove' : 'zone.save'
    const resource = (after ?? before?.value)?.name ?? null
    const details = differences(before?.value ?? {}, after ?? {})
    const entry = administrationEntry(services.now(), userId, { command, resource, result: 'changed', details })
    const written = after
      ? await storage.zones.change(after, before?.version ?? null, entry)
      : await storage.zones.remove(tenantId, before?.value.id ?? '', before?.version ?? 0, entry)
    if (written) return null
    return (await storage.zones.edition(tenantId, before?.value.id ?? '')) ?? 'gone'
  }

  return {
    async open(tenantId, userId, zoneId) {
      const refused = await refusal(tenantId, userId, 'zone.edit')
      return refused ?? (await storage.zones.edition(tenantId, zoneId)) ?? phrase('form.gone')
    },
    openNew: (tenantId, userId) => refusal(tenantId, userId, 'zone.edit'),
    async preview(tenantId, userId, part, form, row) {
      const drafted = await draft(tenantId, userId, part, form, row)
      if (drafted.kind !== 'changes') return drafted
      const [zones, estate] = await Promise.all([storage.zones.list(tenantId), estateOf(tenantId)])
      const { changes } = drafted
      const untouched = zones.filter((zone) => !changes.some(({ before }) => before?.value.id === zone.id))
      const before = [...untouched, ...changes.flatMap((change) => (change.before ? [change.before.value] : []))]
      const after = [...untouched, ...changes.flatMap((change) => (change.after ? [change.after] : []))]
      return { kind: 'preview', lines: previewLines(before, after, estate) }
    },
    async save(tenantId, userId, part, form, row) {
      const drafted = await draft(tenantId, userId, part, form, row)
      if (drafted.kind !== 'changes') return drafted
      try {
        for (const change of drafted.changes) {
          const now = await write(tenantId, userId, part, change)
          if (now === 'gone') return { kind: 'refused', say: phrase('form.gone') }
          if (now) return stale(tenantId, now)
        }
      } finally {
        knowledge.drop(tenantId)
      }
      return { kind: 'saved', afterwards: async () => {} }
    },
    environments: environmentsOf,
  }
}
