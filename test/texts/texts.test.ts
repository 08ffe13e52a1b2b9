import { describe, expect, it } from 'vitest'
import { en } from '../../src/texts/en.ts'
import { formatBytes, formatDuration } from '../../src/texts/format.ts'
import { fr } from '../../src/texts/fr.ts'
import type { Template, TextKey } from '../../src/texts/keys.ts'
import { phrase } from '../../src/texts/phrase.ts'
import { hintPhrase, plainPhrase } from '../../src/texts/render.ts'

const forms = (template: Template) => (typeof template === 'string' ? [template] : [template.one, template.other])
const placeholders = (template: Template) =>
  [...new Set(forms(template).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map((match) => match[1])))].sort()
const keys = Object.keys(fr) as TextKey[]

describe('the message book', () => {
  it('says everything in both languages', () => {
    expect(keys.length).toBeGreaterThan(200)
    expect(Object.keys(en)).toEqual(keys)
  })

  it.each(keys)('has the same blanks and marks in both languages: %s', (key) => {
    expect(placeholders(en[key])).toEqual(placeholders(fr[key]))
    for (const form of [...forms(fr[key]), ...forms(en[key])]) {
      // In a hint a star is a star.
      if (!key.endsWith('.hint')) expect(form.split('*').length % 2).toBe(1)
      expect(form.split('`').length % 2).toBe(1)
      expect(form.trim()).not.toBe('')
    }
  })

  it('keeps its voice: no exclamation mark, no first person, no "(s)"', () => {
    const sentences = keys.flatMap((key) => [...forms(fr[key]), ...forms(en[key])])
    expect(sentences.filter((text) => /!|\(s\)|\boops\b|unfortunately|malheureusement/i.test(text))).toEqual([])
    expect(sentences.filter((text) => /(^|\s)(je|I)(\s|$)|\bj['’]/.test(text))).toEqual([])
  })
})

describe('a hint', () => {
  it('keeps the stars of its patterns, which are no markup there', () => {
    expect(hintPhrase(phrase('field.alert.patterns'), 'en')).toBe(
      'Separated by commas, with *: user-api, pay-*. Empty: all.',
    )
    expect(hintPhrase(phrase('field.kubeconfig.hint'), 'en')).not.toContain('`')
  })
})

describe('typography', () => {
  const outsideCode = (text: string) => text.replace(/`[^`]*`/g, 'x').replace(/https?:\/\/\S*/g, '')
  const french = keys.flatMap((key) => forms(fr[key])).map(outsideCode)
  const english = keys.flatMap((key) => forms(en[key])).map(outsideCode)

  it('sets spaces before French punctuation and inside guillemets', () => {
    expect(french.filter((text) => /[^\s{}]\s*(?<! )[:;?%](?![\w/-])/.test(text.replace(/\{[^}]*\}/g, 'x')))).toEqual(
      [],
    )
    expect(french.filter((text) => /«(?! )|(?<! )»/.test(text))).toEqual([])
  })

  it('has no typewriter quotes or apostrophes, and no French space in English', () => {
    expect([...french, ...english].filter((text) => /['"]/.test(text))).toEqual([])
    expect(english.filter((text) => / [:;?%]/.test(text))).toEqual([])
  })

  it('knows a plural form for each count that it says with a noun', () => {
    const counted =
      /\{(?:n|ready|total|used|limit|given|needed|forecast)\} (?!\{)(pods|actions|validations|approvals|problèmes|problems)\b/
    const plain = keys.filter((key) => typeof fr[key] === 'string' && counted.test(String(fr[key])))
    // Their counts are never 0 or 1.
    expect(plain).toEqual(['refused.quota.month', 'audit.title.many'])
  })
})

describe('a rendered sentence', () => {
  it('ties numbers to nouns and sets French punctuation', () => {
    expect(plainPhrase(phrase('refused.quota.day', { limit: 50 }), 'fr')).toBe(
      'Vos 50\u00a0actions du jour sont utilisées.',
    )
    expect(plainPhrase(phrase('refused.quota.day', { limit: 1 }), 'en')).toBe('Your action for today is used.')
    expect(plainPhrase(phrase('question.missing.service'), 'fr')).toBe('✋ Quel service\u202f?')
  })

  it('takes three people by name and counts the others', () => {
    const names = ['Alice', 'Bob', 'Carol', 'Dora', 'Hugo']
    expect(plainPhrase(phrase('refused.who', { people: { kind: 'people', names } }), 'fr')).toBe(
      'Peuvent le faire\u202f: Alice, Bob, Carol et 2\u00a0autres.',
    )
  })

  it('never reads braces or marks in foreign text as its own', () => {
    const text = plainPhrase(phrase('question.leftover', { word: '{word} *a* `b`' }), 'en')
    expect(text).toBe('✋ “{word} *a* `b`” matches nothing here.')
  })

  it('tells durations and sizes', () => {
    expect(formatDuration(48_000, 'fr')).toBe('48\u00a0s')
    expect(formatDuration(108_000, 'en')).toBe('1\u00a0min 48\u00a0s')
    expect(formatDuration(3_600_000, 'fr')).toBe('1\u00a0h')
    expect(formatDuration(270_000_000, 'fr')).toBe('3\u00a0j 3\u00a0h')
    expect(formatBytes(1_200_000_000, 'fr')).toBe('1,2\u00a0Go')
    expect(formatBytes(1_200_000_000, 'en')).toBe('1.2\u00a0GB')
    expect(formatBytes(0, 'en')).toBe('0\u00a0B')
  })
})
