import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import { englishLexicon } from '../../src/language/lexicon/en/index.ts'
import { frenchLexicon } from '../../src/language/lexicon/fr/index.ts'
import { name } from './arbitrary-order.ts'
import { parser } from './understands.ts'

const languages = { fr: frenchLexicon, en: englishLexicon } as const

describe.each(['fr', 'en'] as const)('what goes on with an order in %s', (language) => {
  it.each(languages[language].followUps.repeat)('repeats it: %s', (text) => {
    expect(parser.parse(`@NOX ${text}`).followUp).toBe('repeat')
    expect(parser.follow(`@NOX ${text}`, 'deploy')).toMatchObject({ kind: 'repeat', args: {}, isQuestion: false })
  })

  it.each(languages[language].followUps.change)('changes it, and means nothing alone: %s', (text) => {
    expect(parser.follow(text, 'deploy')).toBeNull()
    expect(parser.follow(`${text} staging ?`, 'deploy')).toMatchObject({
      kind: 'change',
      args: { environment: 'staging' },
      isQuestion: true,
    })
  })
})

describe('a change of an order', () => {
  it.each([
    ['et en prod ?', 'deploy', { environment: 'production' }],
    ['and in prod?', 'deploy', { environment: 'production' }],
    ['en prod ?', 'deploy', { environment: 'production' }],
    ['prod', 'status', { environment: 'production' }],
    ['pareil pour billing', 'deploy', { service: 'billing' }],
    ['same for billing in prod', 'deploy', { service: 'billing', environment: 'production' }],
    ['idem en prod', 'restart', { environment: 'production' }],
    ['ok, et Billing-V2 ?', 'logs', { service: 'Billing-V2' }],
    ['et depuis 2h ?', 'logs', { since: 'PT2H' }],
    ['et la v2.3.1 ?', 'deploy', { tag: 'v2.3.1' }],
    ['and feature/auth?', 'deploy', { branch: 'feature/auth' }],
    ['et client-Y ?', 'backup', { target: 'client-Y' }],
    ['et le cluster dev-1 ?', 'status', { cluster: 'dev-1' }],
    ['encore --env staging', 'deploy', { environment: 'staging' }],
    ['non, en staging', 'deploy', { environment: 'staging' }],
    ['no, prod', 'deploy', { environment: 'production' }],
    ['oops, I meant development', 'deploy', { environment: 'development' }],
    ['je voulais dire staging', 'deploy', { environment: 'staging' }],
    ['ok fais-le en staging', 'deploy', { environment: 'staging' }],
    ['staging instead', 'deploy', { environment: 'staging' }],
    ['pardon, web', 'deploy', { service: 'web' }],
  ])('%s', (text, command, args) => {
    expect(parser.follow(text, command)?.args).toEqual(args)
  })

  it.each([
    'et pas en prod',
    'mais pas en prod',
    'ne relance pas',
    "don't do it again",
    'never again',
    'pas encore',
    'encore en panne',
    'et si on déployait en prod ?',
    'no restart please',
    'non merci',
    'non, pas en prod',
    'no prod today',
    'and if we deploy to prod?',
    'et en prod pourquoi ça plante ?',
    'et merci',
    'and thanks',
    'et toi ?',
    'billing',
    'bonjour',
    '',
    '?',
  ])('is none in: %s', (text) => {
    expect(parser.follow(text, 'deploy')).toBeNull()
  })

  it('is none where it is forbidden, told or supposed', () => {
    const before = fc.constantFrom('ne ', "don't ", 'never ', 'il ne faut pas ', 'je vais ', "j'ai ", 'si tu ', 'why ')
    const openings = [...frenchLexicon.followUps.repeat, ...englishLexicon.followUps.repeat]
    const place = fc.constantFrom('', ' en prod', ' in staging', ' pour billing', ' for billing')
    fc.assert(
      fc.property(before, fc.constantFrom(...openings), place, (start, opening, end) => {
        const text = `${start}${opening}${end}`
        for (const command of ['deploy', 'restart', 'logs']) expect(parser.follow(text, command), text).toBeNull()
      }),
    )
  })

  it('keeps names as they are written, for every command that has a service', () => {
    const withService = allWords.filter(
      ({ arguments: specs }) =>
        specs.some((spec) => spec.name === 'service' && spec.bare) && specs.every(({ kind }) => kind !== 'rest'),
    )
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(...withService),
        fc.constantFrom('et ', 'same for ', 'idem pour '),
        (service, command, opening) => {
          expect(parser.follow(`${opening}${service}`, command.name)?.args.service).toBe(service)
        },
      ),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.constantFrom(...allWords), (text, { name }) => {
        expect(() => parser.follow(`et ${text}`, name)).not.toThrow()
      }),
    )
  })
})
