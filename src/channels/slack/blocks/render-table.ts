import type { Table } from '../../../domain/answer.ts'
import type { Language } from '../../../domain/command-spec.ts'
import { formatMoment, isMoment } from '../../../texts/format.ts'
import type { Value } from '../../../texts/phrase.ts'
import { plainPhrase, plainStyle, renderValue } from '../../../texts/render.ts'
import type { SlackBlock } from './block-kit.ts'
import { cleanLine, cutEnd } from './foreign-text.ts'
import { limits } from './limits.ts'

/** A table block: raw cells, which Slack never formats, and dates in the reader's zone. */
export function renderTable(table: Table, language: Language, timeZone: string): SlackBlock {
  const style = plainStyle(timeZone)
  const cell = (text: string) => ({ type: 'raw_text', text: cutEnd(cleanLine(text), limits.tableCell) || '–' })
  const rows: unknown[][] = [table.head.slice(0, limits.tableColumns).map((head) => cell(plainPhrase(head, language)))]
  let length = 0
  for (const row of table.rows.slice(0, limits.tableRows - 1)) {
    const cells = row.slice(0, limits.tableColumns).map((value) => {
      const text = renderValue(value, language, style)
      length += Math.min(text.length, limits.tableCell)
      return isTime(value) && isMoment(value.at)
        ? dateCell(value.at, formatMoment(value.at, timeZone, language))
        : cell(text)
    })
    if (length > limits.tableText - 500) break
    rows.push(cells)
  }
  return { type: 'table', rows, column_settings: table.head.map(() => ({ is_wrapped: true })) } as SlackBlock
}

const isTime = (value: Value): value is Extract<Value, { kind: 'time' }> =>
  typeof value === 'object' && 'kind' in value && value.kind === 'time'

const dateCell = (at: number, fallback: string) => ({
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_section',
      elements: [{ type: 'date', timestamp: Math.floor(at / 1000), format: '{date_short_pretty}, {time}', fallback }],
    },
  ],
})
