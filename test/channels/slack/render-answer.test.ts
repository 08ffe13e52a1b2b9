import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeEffect, decodeMenuBlock, encodeEffect } from '../../../src/channels/slack/blocks/button-value.ts'
import { limits } from '../../../src/channels/slack/blocks/limits.ts'
import { type Reader, renderAnswer } from '../../../src/channels/slack/blocks/render-answer.ts'
import { slackLink } from '../../../src/channels/slack/blocks/style.ts'
import type { Answer, ButtonEffect } from '../../../src/domain/answer.ts'
import { phrase, type Value } from '../../../src/texts/phrase.ts'
import { hostileText } from './hostile-text.ts'

const reader: Reader = { language: 'fr', timeZone: 'Europe/Paris', app: { teamId: 'T1', appId: 'A1' } }
const action = {
  id: '01J',
  number: 142,
  userId: 'U0BOB',
  person: 'Bob',
  at: 1_700_000_000_000,
  begunAt: 1_700_000_000_000,
}
type Json = Record<string, unknown>

const value: fc.Arbitrary<Value> = fc.oneof(
  hostileText,
  fc.integer(),
  hostileText.map((text): Value => ({ kind: 'code', text })),
  fc.array(hostileText, { maxLength: 5 }).map((names): Value => ({ kind: 'people', names })),
  fc
    .record({
      url: fc.oneof(
        hostileText,
        hostileText.map((tail) => `https://example.com/${tail}`),
      ),
      label: hostileText,
    })
    .map((link): Value => ({ kind: 'link', ...link })),
  fc.constant<Value>({ kind: 'time', at: 1_700_000_000_000, as: 'ago' }),
  hostileText.map((userId): Value => ({ kind: 'mention', userId: `!${userId}` })),
)
const sentence = fc
  .record({ what: value, n: value })
  .map(({ what, n }) =>
    phrase('deploy.done', { service: what, env: n, before: what, after: n, duration: what, ready: n, total: n }),
  )
const effect: fc.Arbitrary<ButtonEffect> = fc.oneof(
  hostileText.map((text): ButtonEffect => ({ kind: 'press', act: 'choose', actionId: '01J', value: text })),
  hostileText.map((text): ButtonEffect => ({ kind: 'order', command: 'logs', args: { service: text } })),
  hostileText.map((url): ButtonEffect => ({ kind: 'link', url })),
  fc.constant<ButtonEffect>({ kind: 'open', surface: 'home' }),
)
const button = fc.record({ label: sentence, does: effect })
const answer: fc.Arbitrary<Answer> = fc.record(
  {
    kind: fc.constantFrom('progress', 'outcome', 'refusal', 'question', 'approval', 'list', 'notice'),
    title: sentence,
    lines: fc.array(sentence, { maxLength: 12 }),
    steps: fc.array(fc.record({ state: fc.constantFrom('done', 'now', 'next'), text: sentence }), { maxLength: 5 }),
    fields: fc.array(fc.record({ label: sentence, value }), { maxLength: 14 }),
    output: fc.record({ lines: fc.array(hostileText, { maxLength: 60 }) }),
    table: fc.record({
      head: fc.array(sentence, { maxLength: 25 }),
      rows: fc.array(fc.array(value, { maxLength: 25 }), { maxLength: 120 }),
    }),
    next: sentence,
    buttons: fc.array(button, { maxLength: 30 }),
    menu: fc.record({
      placeholder: sentence,
      actionId: fc.constant('01J'),
      argument: fc.constant('service'),
      options: fc.array(fc.record({ label: hostileText, value: hostileText }), { maxLength: 120 }),
    }),
    context: fc.array(sentence, { maxLength: 14 }),
  },
  { requiredKeys: ['kind', 'title'] },
) as fc.Arbitrary<Answer>

/** Every text object in a message with the kind of its owner. */
function textsOf(node: unknown, found: Json[] = []): Json[] {
  if (Array.isArray(node)) for (const item of node) textsOf(item, found)
  else if (node && typeof node === 'object') {
    const record = node as Json
    if (record.type === 'mrkdwn' || record.type === 'plain_text') found.push(record)
    for (const item of Object.values(record)) textsOf(item, found)
  }
  return found
}

const markupOf = (text: string) => text.replace(/<!date\^\d+\^[^|<>]*\|[^<>]*>/g, '')

describe('an answer in Block Kit', () => {
  it('stays within the limits and lets no foreign text act, whatever is in it', () => {
    fc.assert(
      fc.property(answer, (given) => {
        const { blocks, text } = renderAnswer(given, reader, action)
        expect(blocks.length).toBeLessThanOrEqual(50)
        expect(blocks.length).toBeGreaterThan(0)
        expect(text.length).toBeLessThanOrEqual(1_000)
        expect(text).not.toMatch(/<[!@#]/)
        for (const object of textsOf(blocks)) {
          const content = String(object.text)
          expect(content.length).toBeGreaterThan(0)
          expect(content.length).toBeLessThanOrEqual(limits.section)
          expect(content).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
          if (object.type === 'mrkdwn') {
            expect(markupOf(content)).not.toMatch(/<[!@#]/)
            expect(object.verbatim).toBe(true)
            expect(markupOf(content).replace(/<(?:https?|slack):[^<>|]+\|[^<>]*>/g, '')).not.toMatch(/[<>]/)
            expect(content.split('`').length % 2).toBe(1)
          }
        }
        for (const block of blocks as unknown as Json[]) checkBlock(block)
      }),
      { numRuns: 60 },
    )
  })

  it('makes no link of an address whose characters hide what it is', () => {
    for (const hidden of ['\u202e', '\u2066', '\u200b', '\u0000', '\u00ad'])
      expect(slackLink(`https://example.com/a${hidden}gnp.exe`, 'picture')).toBe('picture')
    expect(slackLink('https://example.com/a', 'page')).toBe('<https://example.com/a|page>')
  })

  it('reads back every button that it wrote, and refuses what it did not write', () => {
    fc.assert(
      fc.property(effect, (given) => {
        const written = encodeEffect(given)
        if (given.kind === 'link') expect(written).toBeNull()
        else if (written === null) expect(JSON.stringify(given).length).toBeGreaterThan(1_900)
        else expect(decodeEffect(written)).toEqual(given)
      }),
    )
    for (const text of ['', 'null', '{}', '[]', '{"a":"drop","i":"1"}', '{"c":1,"g":{}}', '{"o":"shell"}'])
      expect(decodeEffect(text)).toBeNull()
    expect(decodeMenuBlock('menu 01J service')).toEqual({ actionId: '01J', argument: 'service' })
    expect(decodeMenuBlock('other')).toBeNull()
  })

  it('mentions in the notification too, and only whom NOX mentions', () => {
    const forged = '\ue000U666\ue001'
    const what = phrase('question.unknownName.none', { typed: `<@U666>${forged}` })
    const mention = { kind: 'mention', userId: 'U0BOB' } as const
    const { text, blocks } = renderAnswer(
      { kind: 'outcome', title: phrase('approval.ring', { mention, what }) },
      reader,
    )
    expect(text).toBe('<@U0BOB> ✋ &lt;@U666&gt;U666 est inconnu ici.'.replace('✋ ', ''))
    expect(JSON.stringify(blocks)).toContain('<@U0BOB>')
    expect(JSON.stringify(blocks)).not.toContain('<@U666>')
  })

  it('forms a refusal in the order of the message book', () => {
    const { blocks, text } = renderAnswer(
      {
        kind: 'refusal',
        title: phrase('state.refused', {
          action: phrase('action.deploy', { service: 'user-api', version: 'v2.4.0', env: 'production' }),
        }),
        lines: [phrase('refused.environment', { env: 'production', group: 'seniors' })],
        next: phrase('refused.environment.who', { people: { kind: 'people', names: ['Carol'] } }),
        buttons: [
          {
            label: phrase('button.ask'),
            does: { kind: 'press', act: 'ask', actionId: '01J' },
            style: 'primary',
          },
        ],
        context: [phrase('refused.rule', { rule: 'production' })],
      },
      reader,
      action,
    )
    expect(blocks).toEqual([
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          verbatim: true,
          text: '⛔ *Refusé\u202f:* déployer `user-api` `v2.4.0` en production\nEn production, cette action revient au groupe seniors.',
        },
      },
      { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: 'Peuvent valider\u202f: Carol.' } },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'press.0.fr',
            style: 'primary',
            text: { type: 'plain_text', text: 'Demander une validation' },
            accessibility_label: 'Demander une validation #142',
            value: '{"a":"ask","i":"01J"}',
          },
        ],
      },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            verbatim: true,
            text: expect.stringMatching(/^#142 · Bob · <!date\^1700000000\^\{ago\}\|.*> · règle\u202f: production$/),
          },
        ],
      },
    ])
    expect(text).toBe(
      'Refusé\u202f: déployer user-api v2.4.0 en production. En production, cette action revient au groupe seniors. Boutons\u202f: Demander une validation',
    )
  })

  it('searches a menu past 100 options', () => {
    const options = Array.from({ length: 101 }, (_, n) => ({ label: `s${n}`, value: `s${n}` }))
    const menu = { placeholder: phrase('menu.service'), actionId: '01J', argument: 'service', options }
    const draw = (given: typeof menu) =>
      renderAnswer({ kind: 'question', title: phrase('question.missing.service'), menu: given }, reader).blocks[1]
    expect(draw(menu)).toMatchObject({ block_id: 'menu 01J service', elements: [{ type: 'external_select' }] })
    expect(draw({ ...menu, options: options.slice(1) })).toMatchObject({ elements: [{ type: 'static_select' }] })
  })
})

function checkBlock(block: Json): void {
  const elements = (block.elements as Json[] | undefined) ?? []
  if (block.type === 'section') expect((block.fields as unknown[] | undefined)?.length ?? 1).toBeLessThanOrEqual(10)
  if (block.type === 'header') expect(String((block.text as Json).text).length).toBeLessThanOrEqual(150)
  if (block.type === 'context') expect(elements.length).toBeLessThanOrEqual(10)
  if (block.type === 'table') {
    const rows = block.rows as Json[][]
    expect(rows.length).toBeLessThanOrEqual(100)
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(20)
    expect(JSON.stringify(rows.flat().map((cell) => cell.text ?? '')).length).toBeLessThan(20_000)
  }
  if (block.type !== 'actions') return
  expect(elements.length).toBeGreaterThan(0)
  expect(elements.length).toBeLessThanOrEqual(25)
  expect(new Set(elements.map((element) => element.action_id)).size).toBe(elements.length)
  for (const element of elements) {
    if (element.type === 'button') {
      expect(String((element.text as Json).text).length).toBeLessThanOrEqual(75)
      expect(String(element.value ?? '').length).toBeLessThanOrEqual(2_000)
      if (element.url !== undefined) expect(element.url).toMatch(/^(?:https?|slack):\/\/\S+$/)
    }
    const options = (element.options as Json[] | undefined) ?? []
    expect(options.length).toBeLessThanOrEqual(100)
    for (const option of options) {
      expect(String(option.value).length).toBeLessThanOrEqual(150)
      expect(String((option.text as Json).text).length).toBeLessThanOrEqual(75)
    }
  }
}
