import { actionTypes } from '../../../domain/command-spec.ts'
import { freezeKey, zoneName } from '../../../domain/say-zone.ts'
import type { Zone, ZoneGrant } from '../../../domain/zone.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { limits } from '../blocks/limits.ts'
import type { FormField, FormView } from './form.ts'

/** What the forms of zones offer to choose from. */
export interface ZoneChoices {
  readonly groups: readonly string[]
  /** Of a freelance: without groups, a zone opens something to all members, or to nobody. */
  readonly isIndividual: boolean
  readonly environments: readonly string[]
  /** Names of the catalogue, as a help for patterns. */
  readonly services: readonly string[]
  readonly presets: readonly ('seniors' | 'approved' | 'confirmed')[]
}

interface Frame {
  readonly metadata: string
  /** Above the fields: someone else was faster. */
  readonly note: Phrase | null
}

const frame = ({ metadata, note }: Frame, about: Phrase) => ({
  submit: phrase('button.preview'),
  metadata,
  intro: [...(note ? [note] : []), about],
})

/** Who may do what where. */
export function zoneForm(zone: Zone | null, choices: ZoneChoices, about: Frame): FormView {
  const { groups, environments, services, isIndividual } = choices
  const isPlain = isIndividual && groups.length === 0
  const of = (kind: ZoneGrant['requirement']['kind']) =>
    (zone?.grants ?? []).filter(({ requirement }) => requirement.kind === kind)
  const named = (kind: ZoneGrant['requirement']['kind']) => of(kind).map(({ group }) => group)
  const approval = of('approval')[0]?.requirement
  const { group, approvers } = approval?.kind === 'approval' ? approval : { group: undefined, approvers: 1 }
  const everywhere = { label: phrase('zone.everywhere'), value: '*' }
  const known = [...new Set([...environments, ...(zone?.environments ?? []).filter((name) => name !== '*')])]
  const approver: FormField = {
    name: 'approver',
    label: phrase('field.approver'),
    hint: phrase('field.approver.hint'),
    optional: true,
    ...(group === undefined ? {} : { value: group }),
  }
  return {
    ...frame(about, phrase('zone.form.about')),
    callbackId: 'zone.rules',
    title: phrase(zone ? 'modal.zone.edit' : 'button.newZone'),
    fields: [
      { name: 'name', label: phrase('field.name'), ...(zone ? { words: zoneName(zone.name) } : {}) },
      {
        name: 'environments',
        label: phrase('field.environments'),
        options: [
          everywhere,
          ...known.map((name) => ({ label: phrase('environment.name', { env: name }), value: name })),
        ],
        several: true,
        optional: true,
        values: zone?.environments ?? [],
      },
      {
        name: 'freshEnvironments',
        label: phrase('field.freshEnvironments'),
        hint: phrase('field.freshEnvironments.hint'),
        optional: true,
      },
      {
        name: 'resources',
        label: phrase('field.resources'),
        hint: phrase('field.resources.hint', {
          example: 'user-api, client-*',
          known: { kind: 'people', names: services.length > 0 ? services : ['–'] },
        }),
        optional: true,
        value: zone?.resources.includes('*') ? '' : (zone?.resources.join(', ') ?? ''),
      },
      {
        name: 'actions',
        label: phrase('field.actions'),
        options: [
          { label: phrase('team.anyType'), value: '*' },
          ...actionTypes.map((type) => ({ label: phrase(`type.${type}`), value: type })),
        ],
        several: true,
        values: zone?.actions ?? [],
      },
      ...(isPlain
        ? [everybodyField('direct', named('nothing')), everybodyField('confirmed', named('confirmation'))]
        : groupFields()),
    ],
  }

  function groupFields(): FormField[] {
    return [
      groupField('direct', groups, named('nothing'), true),
      groupField('confirmed', groups, named('confirmation'), true),
      groupField('approved', groups, named('approval'), true),
      isShort(groups) ? { ...approver, options: groups.map((name) => ({ label: name, value: name })) } : approver,
      { name: 'approvers', label: phrase('field.approvers'), kind: 'number', optional: true, value: String(approvers) },
      {
        ...groupField('overrideGroups', groups, zone?.overrideGroups ?? [], false),
        hint: phrase('field.overrideGroups.hint'),
      },
    ]
  }
}

const everybodyOption = { label: phrase('zone.everybody'), value: '*' }

const everybodyField = (name: 'direct' | 'confirmed', values: readonly string[]): FormField => ({
  name,
  label: phrase(`field.${name}`),
  options: [everybodyOption],
  several: true,
  optional: true,
  values,
})

/** A menu takes 100 options, and no menu may be empty: else names are typed. */
const isShort = (groups: readonly string[]) => groups.length > 0 && groups.length < limits.options

function groupField(
  name: 'direct' | 'confirmed' | 'approved' | 'overrideGroups',
  groups: readonly string[],
  values: readonly string[],
  withAll: boolean,
): FormField {
  const label = phrase(`field.${name}`)
  if (!isShort(groups)) {
    return { name, label, hint: phrase('field.groups.hint'), optional: true, value: values.join(', ') }
  }
  const options = [...(withAll ? [everybodyOption] : []), ...groups.map((group) => ({ label: group, value: group }))]
  return { name, label, options, several: true, optional: true, values }
}

/** When a zone is open. */
export function calendarForm(zone: Zone, about: Frame): FormView {
  const { hours, freezes = [] } = zone
  const days = ([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({ label: phrase(`day.${day}`), value: String(day) }))
  const kept: FormField = {
    name: 'kept',
    label: phrase('field.kept'),
    options: freezes.map((freeze) => ({ label: phrase('zone.freeze', { ...freeze }), value: freezeKey(freeze) })),
    several: true,
    optional: true,
    values: freezes.map(freezeKey),
  }
  return {
    ...frame(about, phrase('zone.calendar.about', { zone: zoneName(zone.name) })),
    callbackId: 'zone.calendar',
    title: phrase('modal.zone.calendar'),
    fields: [
      {
        name: 'days',
        label: phrase('field.days'),
        hint: phrase('field.days.hint'),
        options: days,
        several: true,
        optional: true,
        values: (hours?.days ?? []).map(String),
      },
      {
        name: 'from',
        label: phrase('field.from'),
        kind: 'time',
        optional: true,
        ...(hours ? { value: hours.from } : {}),
      },
      { name: 'to', label: phrase('field.to'), kind: 'time', optional: true, ...(hours ? { value: hours.to } : {}) },
      ...(freezes.length > 0 ? [kept] : []),
      { name: 'freezeFrom', label: phrase('field.freezeFrom'), kind: 'date', optional: true },
      { name: 'freezeUntil', label: phrase('field.freezeUntil'), kind: 'date', optional: true },
      { name: 'reason', label: phrase('field.reason'), optional: true },
    ],
  }
}

/** Ways to begin. */
export function presetForm({ presets }: ZoneChoices, about: Frame): FormView {
  const options = presets.map((name) => ({ label: phrase(`preset.${name}`), value: name }))
  return {
    ...frame(about, phrase('zone.preset.about')),
    callbackId: 'zone.preset',
    title: phrase('modal.zone.preset'),
    fields: [{ name: 'preset', label: phrase('field.preset'), hint: phrase('preset.hint'), options }],
  }
}
