import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DayPart } from '../../src/domain/day-part.ts'
import { parser } from './understands.ts'

const said: Readonly<Record<'fr' | 'en', Partial<Record<DayPart, readonly string[]>>>> = {
  fr: {
    today: ['aujourd’hui', "aujourd'hui"],
    'this-morning': ['ce matin'],
    'this-afternoon': ['cet après-midi', 'cette après-midi'],
    'this-evening': ['ce soir'],
    'last-night': ['cette nuit', 'la nuit dernière'],
    yesterday: ['hier'],
    'yesterday-morning': ['hier matin'],
    'yesterday-afternoon': ['hier après-midi', 'hier aprem'],
    'yesterday-evening': ['hier soir'],
    'day-before-yesterday': ['avant-hier'],
  },
  en: {
    today: ['today'],
    'this-morning': ['this morning'],
    'this-afternoon': ['this afternoon'],
    'this-evening': ['this evening'],
    'last-night': ['last night', 'overnight', 'yesterday night'],
    yesterday: ['yesterday'],
    'yesterday-morning': ['yesterday morning'],
    'yesterday-afternoon': ['yesterday afternoon'],
    'yesterday-evening': ['yesterday evening', 'last evening'],
    'day-before-yesterday': ['the day before yesterday'],
  },
}
const begin = {
  fr: ['logs', 'affiche les logs de', 'montre-moi les logs du service'],
  en: ['logs', 'show logs of', 'show me the logs of'],
}
const since = { fr: 'depuis', en: 'since' } as const
const names = fc.constantFrom('web', 'user-api', 'billing', 'mailer', 'checkout')

describe('parts of a day', () => {
  it.each(['fr', 'en'] as const)('are read wherever they stand, and drop no service, in %s', (language) => {
    const parts = Object.entries(said[language]).flatMap(([part, words]) => words.map((word) => [part, word] as const))
    const text = fc.record({
      verb: fc.constantFrom(...begin[language]),
      service: names,
      part: fc.constantFrom(...parts),
      isSince: fc.boolean(),
      where: fc.constantFrom('', language === 'fr' ? ' en prod' : ' in prod'),
      isPlaceFirst: fc.boolean(),
    })
    fc.assert(
      fc.property(text, ({ verb, service, part: [part, word], isSince, where, isPlaceFirst }) => {
        const time = ` ${isSince ? `${since[language]} ` : ''}${word}`
        const message = `${verb} ${service}${isPlaceFirst ? where + time : time + where}`
        expect(parser.parse(message, { defaultLanguage: language }), message).toMatchObject({
          command: 'logs',
          args: {
            service,
            since: `${isSince ? 'since-' : ''}${part}`,
            ...(where === '' ? {} : { environment: 'production' }),
          },
          missing: [],
        })
      }),
      { numRuns: 500 },
    )
  })

  it('are a time of every command that looks back', () => {
    for (const [text, command, value] of [
      ['qui a déployé hier soir ?', 'audit', 'yesterday-evening'],
      ['who deployed last night?', 'audit', 'last-night'],
      ['événements de web cette nuit', 'events', 'last-night'],
      ['cpu de web en prod depuis ce matin', 'metrics', 'since-this-morning'],
    ] as const) {
      expect(parser.parse(text)).toMatchObject({ command, args: { since: value } })
    }
  })

  it('keep their time inside a schedule', () => {
    const { args } = parser.parse('chaque jour à 9h montre les logs de web d’hier')
    expect(args).toMatchObject({ run: { command: 'logs', args: { service: 'web', since: 'yesterday' } } })
  })
})
