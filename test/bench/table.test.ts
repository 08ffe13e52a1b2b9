import { expect, it } from 'vitest'
import { figuresText, round, tableText } from '../../bench/table.ts'

it('aligns the first column to the left and the others to the right', () => {
  expect(
    tableText([
      ['what', 'a', 'long'],
      ['something', '1.00', '2'],
    ]),
  ).toBe(['what          a  long', 'something  1.00     2', ''].join('\n'))
})

it('says of each figure what it is held against, and whether it is kept', () => {
  const figure = { what: 'pods', base: '1 ms', measured: '2 ms', ratio: 2, wanted: '≤ 1.10', isKept: false }
  const told = { what: 'told', base: '', measured: '3 MB', isKept: true }
  const [, missed, plain] = figuresText([figure, told]).split('\n')
  expect(missed).toMatch(/^pods .* 1 ms .* 2 ms .* × 2\.00 .* ≤ 1\.10 .* NO$/)
  expect(plain).toMatch(/3 MB$/)
})

it('keeps three figures, and says where there is none', () => {
  expect([1234.5, 12.345, 1.2345, Number.NaN].map(round)).toEqual(['1235', '12.3', '1.23', '–'])
})
