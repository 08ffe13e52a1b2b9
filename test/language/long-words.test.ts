import { describe, expect, it } from 'vitest'
import { cleanText } from '../../src/language/clean-text.ts'
import { nearest } from '../../src/language/index.ts'
import { tokenize } from '../../src/language/tokenize.ts'
import { readId } from '../../src/language/values/references.ts'
import { parser } from './understands.ts'

const tokensOf = (text: string) => tokenize(cleanText(text, ''), () => false)

// What is not read in a time that grows with the text alone outlasts the runner's limit: by hours, some of it.
describe('a word that somebody made to be long to read', () => {
  it.each([
    ['arrows before a letter', `${'-&gt;'.repeat(34)}x`],
    ['arrows before a sign', `deploy user-api ${'-&gt;&gt;-&gt;'.repeat(17)}=`],
  ])('is read once: %s', (_, text) => {
    expect(parser.parse(text).args).toBeTypeOf('object')
  })

  const many = 400_000
  it.each([
    ['stars', `a${'*'.repeat(many)}a*`],
    ['pictographs', `a${'🚀'.repeat(many / 2)}a🚀`],
  ])('is read once: %s in its middle', (_, text) => {
    expect(tokensOf(text).map((token) => token.text.length)).toEqual([many + 2])
  })

  it('is read once: digits that a letter ends', () => {
    const scan = { tokens: tokensOf(`${'0'.repeat(many)}é`) } as unknown as Parameters<typeof readId>[0]
    expect(readId(scan, 0, 'noun', { name: 'id', kind: 'id' } as Parameters<typeof readId>[3])).toBeNull()
  })

  it('has no near names', () => {
    const names = Array.from({ length: 4_000 }, (_, n) => `${'a'.repeat(60)}-${n}`)
    expect(nearest('a'.repeat(40_000), names, 5)).toEqual([])
    expect(nearest(`${'a'.repeat(40_000)}-1`, ['a'.repeat(40_000)], 5)).toEqual([])
  })
})

it('loses the marks around a word, and those alone', () => {
  const texts = ['*_user-api_*', '**user-api🚀**', '*🚀user-api', 'user*api', '__🚀', 'é*_🚀*']
  const words = texts.map((text) => tokensOf(text).map((token) => token.text))
  expect(words).toEqual([['user-api'], ['user-api'], ['🚀user-api'], ['user*api'], [], ['é']])
})

it('tells the near names as before: a part, a slip, and none that is half another', () => {
  const names = ['user-api', 'user-apis', 'billing', 'user-api-gateway-of-old', 'x']
  expect(nearest('user-api', names, 5)).toEqual(['user-api', 'user-api-gateway-of-old', 'user-apis'])
  expect(nearest('usr-api', names, 5)).toEqual(['user-api', 'user-apis'])
})
