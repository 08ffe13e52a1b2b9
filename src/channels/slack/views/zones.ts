import { actionTypes } from '../../../domain/command-spec.ts'
import type { Member } from '../../../domain/member.ts'
import { sayZone } from '../../../domain/say-zone.ts'
import type { Zone } from '../../../domain/zone.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import type { Drawing } from './drawing.ts'
import { controls, opener, overflow, pageBlocks, pageOf } from './list.ts'
import { menu, menusId, searchMenu } from './menus.ts'
import { memberLine } from './team.ts'

/** What someone asks of the explorer, and what the rules say to it. */
export interface Explored {
  readonly action: string | null
  readonly environment: string | null
  readonly environments: readonly string[]
  /** The person and the service that are asked about, where they were chosen. */
  readonly person: { readonly id: string; readonly name: string } | null
  readonly service: string | null
  readonly lines: readonly Phrase[]
}

export interface PermissionsData {
  readonly zones: readonly Zone[]
  readonly manages: boolean
  readonly page: number
  readonly explored: Explored
  /** Of a freelance, who has no groups; `null` = of a company. */
  readonly guests: readonly Member[] | null
}

/** "Can I…?", and the zones that answer it; for who manages zones with their controls. */
export function permissionsBlocks(data: PermissionsData, draw: Drawing): SlackBlock[] {
  const { zones, manages } = data
  const { entries, from } = pageOf(zones, data.page)
  return [
    draw.header(phrase('zones.can')),
    exploreMenus(data.explored, draw),
    ...(data.explored.lines.length > 0
      ? data.explored.lines.map((line) => draw.section(line))
      : [draw.context(phrase('zones.can.choose'))]),
    ...(data.guests ? guestBlocks(data.guests, draw) : []),
    draw.header(phrase('zones.title')),
    ...(data.guests ? [draw.context(phrase('zones.individual'))] : []),
    ...(zones.length === 0 ? [draw.section(phrase('zones.none'))] : []),
    ...entries.map((zone) => zoneBlock(zone, manages, draw)),
    ...pageBlocks(draw, zones.length, from),
    ...(manages
      ? [
          controls([
            opener(draw, 'zone.new', 'button.newZone'),
            ...(data.guests ? [] : [opener(draw, 'zone.presets', 'button.presets')]),
          ]),
        ]
      : []),
  ]
}

/** Guests that this tab shows; the tab of guests has all of them. */
const shownGuests = 10

function guestBlocks(guests: readonly Member[], draw: Drawing): SlackBlock[] {
  const more = guests.length - shownGuests
  return [
    draw.header(phrase('zones.guests')),
    ...(guests.length === 0 ? [draw.section(phrase('zones.guests.none'))] : []),
    ...guests.slice(0, shownGuests).map((guest) => draw.section(memberLine(guest, true))),
    ...(more > 0 ? [draw.context(phrase('people.more', { n: more }))] : []),
    controls([opener(draw, 'tab.team', 'tab.guests')]),
  ]
}

function zoneBlock(zone: Zone, manages: boolean, draw: Drawing): SlackBlock {
  const menu = overflow(draw, `zone.entry.${zone.id}`, [
    ['button.edit', 'rules'],
    ['button.calendar', 'calendar'],
    ['button.delete', 'remove'],
  ])
  return draw.lines(sayZone(zone), manages ? menu : undefined)
}

function exploreMenus({ action, environment, environments, person, service }: Explored, draw: Drawing): SlackBlock {
  const types = actionTypes.map((type) => ({ label: plainPhrase(phrase(`type.${type}`), draw.language), value: type }))
  const places = environments.map((name) => ({
    label: plainPhrase(phrase('environment.name', { env: name }), draw.language),
    value: name,
  }))
  return controls(
    [
      menu(draw, 'action', 'zones.can.action', types, action ?? undefined),
      ...(places.length > 0
        ? [menu(draw, 'environment', 'zones.can.environment', places, environment ?? undefined)]
        : []),
      searchMenu(draw, 'service', 'zones.can.service', service === null ? null : { label: service, value: service }),
      searchMenu(draw, 'person', 'zones.can.person', person && { label: person.name, value: person.id }),
      opener(draw, 'tab.permissions', 'button.clear'),
    ],
    menusId('explore', [action, environment, service, person?.id]),
  )
}
