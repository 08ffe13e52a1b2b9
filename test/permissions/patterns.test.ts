import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches } from '../../src/permissions/patterns.ts'

describe('patterns of resources', () => {
  it.each([
    ['*', '', true],
    ['*', 'anything', true],
    ['prod-db', 'PROD-DB', true],
    ['*-db', 'prod-db', true],
    ['*-db', 'prod-db2', false],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'axxbyy', false],
    ['', '', true],
    ['', 'a', false],
    ['a.c', 'abc', false],
  ])('%s on %s is %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected)
  })

  it('agrees with the regular expression that means the same', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '-'), maxLength: 8 })
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        const source = pattern.replace(/[-]/g, '\\-').replaceAll('*', '.*')
        expect(matches(pattern, name)).toBe(new RegExp(`^${source}$`, 's').test(name))
      }),
    )
  })

  it('stays quick on a pattern that would blow up a backtracking matcher', () => {
    expect(matches(`${'a*'.repeat(200)}b`, 'a'.repeat(20_000))).toBe(false)
  })
})
