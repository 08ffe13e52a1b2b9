import type { AuditRecord } from '../../../domain/audit-record.ts'
import { fr } from '../../../texts/fr.ts'
import type { TextKey } from '../../../texts/keys.ts'
import { type Phrase, phrase, type Value } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import type { Drawing } from './drawing.ts'
import { controls, opener } from './list.ts'
import { type Choice, menu, menusId, searchMenu } from './menus.ts'

/** A record, and what it says in words. */
export interface AuditEntryLine {
  readonly record: AuditRecord
  readonly person: string
  readonly what: Phrase
  readonly result: Phrase
}

export interface AuditData {
  readonly entries: readonly AuditEntryLine[]
  /** Everybody's records, not one's own alone. */
  readonly all: boolean
  /** Cursor of the next page. */
  readonly older: number | null
  /** Records up to this one are in archive files. */
  readonly archived: number
  readonly isFirst: boolean
  readonly person: Choice | null
  readonly commands: readonly { readonly value: string; readonly name: Phrase }[]
  readonly environments: readonly string[]
  readonly results: readonly AuditRecord['result'][]
  readonly periods: readonly ('day' | 'week' | 'month' | 'quarter')[]
  readonly set: { readonly [menu: string]: string }
}

/** The log with its filters; each record opens with its proof. */
export function auditBlocks(data: AuditData, draw: Drawing): SlackBlock[] {
  const { entries, all, older, isFirst, archived } = data
  const pages = [
    ...(isFirst ? [] : [opener(draw, 'cursor.0', 'button.newest')]),
    ...(older === null ? [] : [opener(draw, `cursor.${older}`, 'button.older')]),
  ]
  return [
    draw.header(phrase(all ? 'audit.all' : 'audit.mine')),
    filterMenus(data, draw),
    ...(entries.length === 0 ? [draw.section(phrase(older === null ? 'audit.nothing' : 'audit.searched'))] : []),
    ...entries.map((entry) =>
      draw.section(auditLine(entry), opener(draw, `audit.record.${entry.record.seq}`, 'button.detail')),
    ),
    ...(older === null && archived > 0 && !data.set.period
      ? [draw.section(phrase('audit.archived', { k: archived + 1 }))]
      : []),
    ...(pages.length > 0 ? [controls(pages)] : []),
    { type: 'divider' },
    controls([
      opener(draw, 'audit.export.csv', 'button.export.csv'),
      opener(draw, 'audit.export.jsonl', 'button.export.jsonl'),
      ...(all ? [opener(draw, 'audit.verify', 'button.verify')] : []),
    ]),
  ]
}

function filterMenus(data: AuditData, draw: Drawing): SlackBlock {
  const { language } = draw
  const placesOf = (names: readonly string[]) =>
    names.map((name) => ({ label: plainPhrase(phrase('environment.name', { env: name }), language), value: name }))
  const { set } = data
  return controls(
    [
      ...(data.all ? [searchMenu(draw, 'person', 'audit.who', data.person)] : []),
      menu(
        draw,
        'command',
        'audit.command',
        data.commands.map(({ value, name }) => ({ label: plainPhrase(name, language), value })),
        set.command,
      ),
      ...(data.environments.length > 0
        ? [menu(draw, 'environment', 'zones.can.environment', placesOf(data.environments), set.environment)]
        : []),
      menu(
        draw,
        'result',
        'audit.result',
        data.results.map((value) => ({ label: plainPhrase(phrase(`result.${value}`), language), value })),
        set.result,
      ),
      menu(
        draw,
        'period',
        'audit.period',
        data.periods.map((value) => ({ label: plainPhrase(phrase(`audit.period.${value}`), language), value })),
        set.period,
      ),
      opener(draw, 'tab.audit', 'button.clear'),
    ],
    menusId('filters', [set.person, set.command, set.environment, set.result, set.period]),
  )
}

const auditLine = ({ record, ...words }: AuditEntryLine): Phrase =>
  phrase('audit.line', { ...words, at: { kind: 'time', at: record.at, as: 'date' } })

const isKey = (key: string): key is TextKey => Object.hasOwn(fr, key)

/** What a record holds beside: `groups.after` is named in words, a moment is a moment, anything else stands as it is. */
function detailLine(name: string, value: AuditRecord['details'][string]): Phrase {
  const [, plainName = name, side] = /^(.+)\.(before|after)$/.exec(name) ?? []
  const key = `audit.field.${plainName}`
  const said = isKey(key) ? phrase(key) : ({ kind: 'code', text: plainName } as const)
  const field = side === undefined ? said : phrase(`audit.detail.${side as 'before'}`, { field: said })
  return phrase('audit.detail.field', { field, value: detailValue(name, value) })
}

function detailValue(name: string, value: AuditRecord['details'][string]): Value {
  if (value === null || value === '') return '–'
  if (typeof value === 'boolean') return phrase(value ? 'audit.detail.yes' : 'audit.detail.no')
  const at = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : value
  if (typeof at === 'number' && (typeof value === 'string' || /At$/.test(name))) return { kind: 'time', at, as: 'date' }
  const text = String(value)
  if (/^role\b/.test(name) && isKey(`role.${text}`)) return phrase(`role.${text as 'admin'}`)
  if (name === 'rule') return { kind: 'code', text }
  if (/^[UW][A-Z0-9]{4,}$/.test(text)) return { kind: 'mention', userId: text }
  return /^[A-Z][A-Z0-9]{4,}$/.test(text) ? { kind: 'code', text } : text
}

/** A record with all that it holds, and whether it fits its place in the chain. */
export function recordLines(entry: AuditEntryLine, fits: boolean): readonly Phrase[] {
  const { record } = entry
  return [
    auditLine(entry),
    ...Object.entries(record.details).map(([name, value]) => detailLine(name, value)),
    phrase('audit.detail.hash', { hash: record.hash }),
    phrase('audit.detail.previous', { hash: record.previousHash }),
    phrase(fits ? 'audit.proof.ok' : 'audit.proof.broken'),
  ]
}
