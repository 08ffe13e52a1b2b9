import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLookIcon, isLookName, takenFor } from '../../src/domain/look.ts'

describe('a name of one’s own for NOX', () => {
  it.each(['Ops Léa', 'Studio 42', 'L’atelier d’Yann', 'R&D bot', 'Бот', 'Νοξ', 'A1'])('may be %s', (name) => {
    expect([isLookName(name), takenFor(name, ['Léa Martin', 'Bob Dupont'])]).toEqual([true, null])
  })

  it.each([
    '',
    'x',
    '@here',
    'a\u200bb',
    'Bob\u202etop',
    '<b>',
    ' Ops',
    'a  b',
    'Слаckbot',
    'ｏｐｓ',
    'Ops\nNOX',
    'n'.repeat(41),
    '*NOX*',
    'nox.example/x',
  ])('is never %j', (name) => expect(isLookName(name)).toBe(false))

  it.each([
    ['Slackbot', 'Slack'],
    ['SLACK BOT', 'Slack'],
    ['S1ackb0t', 'Slack'],
    ['SIackbot', 'Slack'],
    ['Ѕӏасkbot', null],
    ['Slack Support', 'Slack'],
    ['Administrateur', 'Administrateur'],
    ['Sécurité', 'Sécurité'],
    ['Alice Martin', 'Alice Martin'],
    ['alice martín', 'Alice Martin'],
    ['Martin Alice', 'Alice Martin'],
    ['AliceMartin', 'Alice Martin'],
    ['A1ice', 'Alice Martin'],
    ['Alice Martin (CTO)', 'Alice Martin'],
    ['Alice bot', null],
    ['Bob', 'Bob Dupont'],
  ])('%s is taken for %s', (name, other) => {
    const found = takenFor(name, ['Alice Martin', 'Bob Dupont'])
    // Letters of two alphabets are no name at all.
    expect(isLookName(name) ? found : (found ?? other)).toBe(other)
  })

  it('is never one of the people’s, however it is written', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{2,8}$/)
    const disguise = fc.constantFrom(
      (name: string) => name.toUpperCase(),
      (name: string) => name.replaceAll('o', '0').replaceAll('e', '3').replaceAll('i', '1'),
      (name: string) =>
        name
          .normalize('NFD')
          .replace(/([aeiou])/g, '$1\u0301')
          .normalize('NFC'),
      (name: string) => name.split(' ').reverse().join(' '),
      (name: string) => `${name}-2`,
    )
    fc.assert(
      fc.property(word, word, disguise, (first, last, hide) => {
        expect(takenFor(hide(`${first} ${last}`), ['Zoë Quark', `${first} ${last}`])).not.toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  it('has an emoji or a picture by https', () => {
    expect([':rocket:', ':+1:', 'https://lea.example/nox.png?v=2'].map(isLookIcon)).toEqual([true, true, true])
    const wrong = ['rocket', ':a b:', 'http://lea.example/x.png', 'https://u:p@lea.example/x', 'javascript:alert(1)']
    const more = [
      'https://localhost/x',
      'https://léa.example/x',
      'data:image/png;base64,AA',
      ':slackbot:',
      'https://ca.slack-edge.com/T0-U0-72',
      'https://secure.gravatar.com/avatar/0',
      `https://a.b/${'x'.repeat(500)}`,
    ]
    expect([...wrong, ...more].map(isLookIcon)).toEqual([...wrong, ...more].map(() => false))
  })
})
