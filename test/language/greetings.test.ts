import { describe, expect, it } from 'vitest'
import { parser } from './understands.ts'

const greetings = ['bonjour', 'Salut !', 'merci beaucoup', 'good morning', 'hello', 'thanks!', 'ok merci', 'hey nox']
const others = [
  '',
  'danse la samba',
  'ne déploie pas en prod',
  'j’ai déployé hier',
  'merci de redémarrer billing',
  'bonjour déploie',
  'pourquoi ?',
]

describe('politeness alone', () => {
  it.each(greetings)('is told from an order and from the unknown: %s', (text) => {
    expect(parser.parse(text)).toMatchObject({ command: null, isPolite: true })
  })
  it.each(others)('is not what says more, or nothing: %s', (text) => {
    expect(parser.parse(text).isPolite).toBeUndefined()
  })
})
