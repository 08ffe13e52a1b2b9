import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import type { Freeze, Zone, ZoneGrant, ZoneHours } from './zone.ts'

/** Names a freeze in a form. */
export const freezeKey = ({ from, until }: Freeze): string => `${from} ${until}`

/** Days and times of a zone's hours, for a sentence. */
export const hoursWords = ({ days, from, to }: ZoneHours) => ({
  days: { kind: 'list', items: days.map((day) => phrase(`day.${day as 1}`)) } as const,
  from,
  to,
})

const all = (name: string, everything: Value): Value => (name === '*' ? everything : name)
const listOf = (names: readonly string[], everything: Value) =>
  ({ kind: 'list', items: names.map((name) => all(name, everything)) }) as const

/** The names that a tenant's first zones have, with what they are called in each language. */
const firstNames: { readonly [name: string]: TextKey } = {
  'staging, development': 'zone.name.staging',
  backups: 'zone.name.backups',
  'builds, tickets': 'zone.name.builds',
  'schedules, incidents': 'zone.name.schedules',
  look: 'zone.name.look',
}

/** A zone's name for a sentence: of the first zones in the reader's language, else as the tenant wrote it. */
export function zoneName(name: string): Phrase {
  const key = Object.hasOwn(firstNames, name) ? firstNames[name] : undefined
  return phrase(key ?? 'zone.plain', { what: name })
}

/** A zone in the lines of a list: where and what, for whom, when. */
export function sayZone(zone: Zone): readonly Phrase[] {
  const { name, environments, resources, actions, grants, hours, freezes = [], overrideGroups = [] } = zone
  return [
    phrase('zone.title', {
      name: zoneName(name),
      environments: environments.includes('*')
        ? phrase('zone.everywhere')
        : { kind: 'environments', names: environments },
      actions: {
        kind: 'list',
        items: actions.map((action) => (action === '*' ? phrase('team.anyType') : phrase(`type.${action}`))),
      },
      resources: resources.includes('*') ? '' : phrase('zone.resources', { resources: listOf(resources, '*') }),
    }),
    grants.length === 0
      ? phrase('zone.grants.none')
      : phrase('zone.plain', { what: { kind: 'list', items: grants.map(sayGrant) } }),
    ...(hours ? [phrase('zone.hours', hoursWords(hours))] : []),
    ...freezes.map((freeze) => phrase('zone.freeze', { ...freeze })),
    ...(overrideGroups.length > 0 ? [phrase('zone.override', { groups: listOf(overrideGroups, '*') })] : []),
  ]
}

function sayGrant({ group, requirement }: ZoneGrant): Phrase {
  const who = all(group, phrase('zone.everybody'))
  switch (requirement.kind) {
    case 'nothing':
      return phrase('zone.grant', { who })
    case 'confirmation':
      return phrase('zone.grant.confirmation', { who })
    case 'approval':
      return phrase('zone.grant.approval', { who, n: requirement.approvers, group: requirement.group })
  }
}
