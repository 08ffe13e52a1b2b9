import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartText, drawChart } from '../../src/charts/index.ts'
import { sayChart } from '../../src/charts/say-chart.ts'
import type { ChartSpec } from '../../src/domain/chart.ts'
import { phrase } from '../../src/texts/phrase.ts'

const days = ['2026-11-23', '2026-11-24', '2026-11-25']
const spec = (rest: Partial<ChartSpec> = {}): ChartSpec => ({
  kind: 'bar',
  title: phrase('analytics.duration'),
  unit: 'duration',
  axis: { kind: 'days', days },
  series: [{ name: 'checkout', values: [60_000, null, 95_000] }],
  ...rest,
})
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

/** Width and height of a PNG, from its header. */
function sizeOf(png: Uint8Array): readonly number[] {
  const view = new DataView(png.buffer, png.byteOffset)
  expect(Buffer.from(png.subarray(0, 8)).toString('hex')).toBe('89504e470d0a1a0a')
  return [view.getUint32(16), view.getUint32(20)]
}

describe('a chart', () => {
  it.each(['line', 'bar', 'stacked'] as const)('is drawn as a picture: %s', async (kind) => {
    expect(sizeOf(await drawChart(spec({ kind }), 'fr'))).toEqual([1440, 680])
  })

  it('shows its words: another title or language is another picture, the same chart the same one', async () => {
    const [one, again, other, english] = await Promise.all([
      drawChart(spec(), 'fr'),
      drawChart(spec(), 'fr'),
      drawChart(spec({ title: phrase('analytics.failures') }), 'fr'),
      drawChart(spec(), 'en'),
    ])
    expect(Buffer.from(one).equals(again)).toBe(true)
    expect(Buffer.from(one).equals(other)).toBe(false)
    expect(Buffer.from(one).equals(english)).toBe(false)
  })

  it('is drawn without values, and with hostile names', async () => {
    const hostile = '</text><script>&\u0000\ud800\uffff"\n'
    const drawn = spec({ series: [{ name: hostile, values: [] }], axis: { kind: 'names', names: [hostile] } })
    expect(sizeOf(await drawChart(drawn, 'en'))).toEqual([1440, 680])
    const full = spec({ series: [{ name: hostile, values: [1] }], axis: { kind: 'names', names: [hostile] } })
    expect(sizeOf(await drawChart(full, 'en'))).toEqual([1440, 680])
  })

  it('keeps within its bounds', () => {
    const many = spec({
      axis: { kind: 'times', at: Array.from({ length: 5_000 }, (_, index) => index * 60_000), timeZone: 'Asia/Tokyo' },
      series: Array.from({ length: 20 }, () => ({ name: 'n'.repeat(500), values: Array(5_000).fill(2) })),
    })
    const said = sayChart(many, 'fr')
    expect(said.series).toHaveLength(6)
    expect(said.labels).toHaveLength(1_000)
    expect(said.series.map(({ values, name }) => [values.length, name.length])).toEqual(Array(6).fill([1_000, 40]))
    expect(said.labels.at(-1)).toMatch(/^4 janv\..* 20:19$/)
  })
})

describe('what a chart says', () => {
  it('names every bar of a few', () => {
    expect(plain(chartText(spec(), 'fr'))).toBe('Durée médiane. checkout : 23 nov. 1 min, 25 nov. 1 min 35 s.')
    expect(plain(chartText(spec(), 'en'))).toBe('Median duration. checkout: 23 Nov 1 min, 25 Nov 1 min 35 s.')
  })

  it('tells a line by its range, and counts by their total', () => {
    const range = spec({ kind: 'line', unit: 'share', series: [{ name: 'a', values: [0.1, 0.8, 0.25] }] })
    expect(plain(chartText(range, 'fr'))).toBe(
      'Durée médiane. a : de 10 % à 80 % (le plus haut : 24 nov.), 25 % à la fin.',
    )
    const counts = spec({
      kind: 'line',
      unit: 'count',
      series: [
        { name: 'ok', values: [1, 1_200, 3] },
        { name: 'ko', values: [null, null, null] },
      ],
    })
    expect(plain(chartText(counts, 'en'))).toBe(
      'Median duration. ok: 1,204 in total, 1,200 at most (24 Nov); ko: no data.',
    )
  })

  it('is never longer than Slack takes, whatever the values are', () => {
    const value = fc.option(fc.double())
    fc.assert(
      fc.property(
        fc.constantFrom('count', 'number', 'share', 'duration', 'bytes'),
        fc.constantFrom('line', 'bar', 'stacked'),
        fc.array(fc.record({ name: fc.string(), values: fc.array(value, { maxLength: 40 }) }), { maxLength: 9 }),
        (unit, kind, series) => {
          const text = chartText(spec({ unit, kind, series }), 'fr')
          expect(text.length).toBeGreaterThan(10)
          expect(text.length).toBeLessThanOrEqual(1_500)
          expect(text).not.toMatch(/NaN|undefined/)
        },
      ),
    )
  })
})
