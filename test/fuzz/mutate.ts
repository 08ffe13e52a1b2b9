export type Random = () => number

/** Numbers from 0 to 1 that a seed decides (mulberry32), so that a failure can be run again. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const pickOf = <T>(random: Random, values: readonly T[]): T => {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined && !values.includes(undefined as T)) throw new RangeError('nothing to pick from')
  return value as T
}

/** Values that stand where others are expected. */
const odd: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1e308,
  () => 9_007_199_254_740_992,
  () => '',
  () => ' ',
  () => 'null',
  () => '0',
  () => '\u0000',
  () => '\ud800',
  () => '\u202e\u200b',
  () => '🙂'.repeat(2_000),
  () => 'a'.repeat(70_000),
  () => '../../../../etc/passwd',
  () => "'; drop table actions; --",
  () => '<!channel> <@U0ALICE> <script>alert(1)</script>',
  () => '{{7*7}} %00 %s %n',
  () => '1969-12-31',
  () => '99999999999.999999',
  () => '[[[[[[[[[[[[',
  () => [],
  () => {},
  () => ({}),
  () => [null],
  () => [[[[[[[[[[]]]]]]]]]],
  () => JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}') as unknown,
  () => deep(400),
]

function deep(levels: number): unknown {
  let value: unknown = 'bottom'
  for (let level = 0; level < levels; level += 1) value = { a: value }
  return value
}

type Spot = { readonly holder: Record<string, unknown> | unknown[]; readonly key: string }

function spots(value: unknown, found: Spot[] = []): Spot[] {
  if (typeof value !== 'object' || value === null) return found
  for (const key of Object.keys(value)) {
    found.push({ holder: value as Record<string, unknown>, key })
    spots((value as Record<string, unknown>)[key], found)
  }
  return found
}

const at = ({ holder, key }: Spot) => (holder as Record<string, unknown>)[key]
const put = ({ holder, key }: Spot, value: unknown) => {
  ;(holder as Record<string, unknown>)[key] = value
}

/** A copy with some of its parts dropped, exchanged, doubled, or replaced by what does not belong there. */
export function mutate(random: Random, payload: unknown, others: readonly unknown[]): unknown {
  const copy = structuredClone(payload)
  const times = 1 + Math.floor(random() ** 3 * 8)
  for (let time = 0; time < times; time += 1) {
    const all = spots(copy)
    if (all.length === 0) return pickOf(random, odd)()
    const spot = pickOf(random, all)
    const what = Math.floor(random() * 7)
    if (what === 0) delete (spot.holder as Record<string, unknown>)[spot.key]
    else if (what <= 2) put(spot, pickOf(random, odd)())
    else if (what === 3) put(spot, structuredClone(at(pickOf(random, all))))
    else if (what === 4) {
      const foreign = spots(pickOf(random, others))
      if (foreign.length > 0) put(spot, structuredClone(at(pickOf(random, foreign))))
    } else if (what === 5) put(spot, scramble(random, String(at(spot))))
    else put({ holder: spot.holder, key: scramble(random, spot.key) }, at(spot))
    // What grew too much by copies of itself is no longer read, but refused by its length.
    if (all.length > 5_000) break
  }
  return copy
}

/** A text with characters taken out, put in, doubled or turned round. */
export function scramble(random: Random, text: string): string {
  const from = Math.floor(random() * (text.length + 1))
  const until = from + Math.floor(random() * 8)
  const part = text.slice(from, until)
  const instead = pickOf(random, [
    '',
    part + part,
    [...part].reverse().join(''),
    '"',
    '\\',
    '{',
    '\u0000',
    '%',
    '\r\n',
    'é',
    '\ufffd',
  ])
  return text.slice(0, from) + instead + text.slice(until)
}
