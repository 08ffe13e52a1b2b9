import { sayActionType } from '../../domain/say-verdict.ts'
import { hoursWords } from '../../domain/say-zone.ts'
import type { Zone } from '../../domain/zone.ts'
import { compareZones, type Estate, type Shift } from '../../permissions/index.ts'
import { type Phrase, phrase, type Value } from '../../texts/phrase.ts'

/** Lines that say who gains and who loses; more are counted. */
const mostLines = 12
/** Names that a line has in full. */
const mostNames = 8

/** What a change of zones comes to, in words: who gains, who loses, and what to look out for. */
export function previewLines(before: readonly Zone[], after: readonly Zone[], estate: Estate): readonly Phrase[] {
  const { shifts, isCut } = compareZones(before, after, estate)
  const lines = [
    ...linesOf(
      shifts.filter(({ gains }) => gains),
      'zone.gains',
    ),
    ...linesOf(
      shifts.filter(({ gains }) => !gains),
      'zone.loses',
    ),
  ]
  const shown =
    lines.length > mostLines ? [...lines.slice(0, mostLines - 1), more(lines.length - mostLines + 1)] : lines
  return [
    ...(shown.length > 0 ? shown : [phrase('zone.same')]),
    ...(isCut ? [phrase('zone.preview.cut')] : []),
    ...warnings(before, after, estate),
    ...closures(before, after),
  ]
}

const more = (n: number) => phrase('home.more', { n })

/** People for whom the same changes stand in one line. */
function linesOf(shifts: readonly Shift[], key: 'zone.gains' | 'zone.loses'): Phrase[] {
  const byPeople = new Map<string, { names: readonly string[]; what: Value[] }>()
  for (const shift of shifts) {
    const id = shift.names.join('\n')
    const line = byPeople.get(id) ?? { names: shift.names, what: [] }
    line.what.push(whatOf(shift, key))
    byPeople.set(id, line)
  }
  return [...byPeople.values()].map(({ names, what }) =>
    phrase(key, { people: namesOf(names), what: { kind: 'list', items: what } }),
  )
}

/** All of a few names; of many the first, and how many more. */
const namesOf = (names: readonly string[]): Value =>
  names.length <= mostNames ? { kind: 'list', items: names } : { kind: 'people', names }

function whatOf({ action, environment, verdict, resources }: Shift, key: 'zone.gains' | 'zone.loses'): Phrase {
  const said = sayActionType(action, environment)
  const what = resources === null ? said : phrase('zone.on', { what: said, resources: namesOf(resources) })
  if (verdict === 'ask') return phrase(key === 'zone.gains' ? 'zone.with.approval' : 'zone.left.approval', { what })
  if (verdict === 'confirm') {
    return phrase(key === 'zone.gains' ? 'zone.with.confirmation' : 'zone.left.confirmation', { what })
  }
  return phrase('zone.plain', { what })
}

/** An approval that too few could give is a closed door; said before it is saved. */
function warnings(before: readonly Zone[], after: readonly Zone[], { members }: Estate): Phrase[] {
  const needs = new Map<string, number>()
  for (const zone of after.filter((each) => !before.includes(each))) {
    for (const { requirement } of zone.grants) {
      if (requirement.kind !== 'approval') continue
      needs.set(requirement.group, Math.max(requirement.approvers, needs.get(requirement.group) ?? 0))
    }
  }
  const able = (group: string) =>
    members.filter((member) => member.role !== 'guest' && (member.role === 'admin' || member.groups.includes(group)))
      .length
  return [...needs].flatMap(([group, n]) =>
    able(group) < n ? [phrase('zone.tooFew', { group, n, able: able(group) })] : [],
  )
}

function closures(before: readonly Zone[], after: readonly Zone[]): Phrase[] {
  return after
    .filter((zone) => !before.includes(zone))
    .flatMap(({ hours, freezes = [] }) => [
      ...(hours ? [phrase('zone.preview.hours', hoursWords(hours))] : []),
      ...freezes.map((freeze) => phrase('zone.preview.freeze', { ...freeze })),
    ])
}
