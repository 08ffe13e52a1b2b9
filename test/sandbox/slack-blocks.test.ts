import { describe, expect, it } from 'vitest'
import { checkBlocks } from '../../src/sandbox/slack/blocks/blocks.ts'
import { checkView } from '../../src/sandbox/slack/blocks/views.ts'

const text = (length: number) => 'x'.repeat(length)
const plain = (length = 5) => ({ type: 'plain_text', text: text(length) })
const mrkdwn = (length = 5) => ({ type: 'mrkdwn', text: text(length) })
const section = (more: object = {}) => ({ type: 'section', text: mrkdwn(), ...more })
const button = (more: object = {}) => ({ type: 'button', text: plain(), action_id: 'a', ...more })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const option = (value: string) => ({ text: plain(), value })
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`))
const select = (more: object = {}) => ({ type: 'static_select', action_id: 's', options: options(2), ...more })
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain(), element, ...more })
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))
const at = (pointer: string) => expect.stringContaining(`[json-pointer:${pointer}]`)

const richSection = (words: string, ...more: object[]) => ({
  type: 'rich_text_section',
  elements: [{ type: 'text', text: words }, ...more],
})
const rich = (words: string, ...more: object[]) => ({ type: 'rich_text', elements: [richSection(words, ...more)] })
const preformatted = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements }],
})
const feedback = (more: object = {}) => ({
  type: 'feedback_buttons',
  positive_button: { text: plain(), value: 'good' },
  negative_button: { text: plain(), value: 'bad' },
  ...more,
})

describe('blocks of a message', () => {
  it.each<[string, unknown[]]>([
    ['50 blocks', times(50, () => section())],
    ['3,000 characters of section', [section({ text: mrkdwn(3000) })]],
    ['10 fields of 2,000', [{ type: 'section', fields: times(10, () => mrkdwn(2000)) }]],
    ['a header of 150', [{ type: 'header', text: plain(150) }]],
    ['25 elements', [actions(...times(25, (index) => button({ action_id: `a${index}` })))]],
    [
      'a button at its limits',
      [actions(button({ text: plain(75), value: text(2000), action_id: text(255), style: 'danger' }))],
    ],
    ['10 elements of context', [{ type: 'context', elements: times(10, () => mrkdwn()) }]],
    ['100 options', [actions(select({ options: options(100) }))]],
    ['an initial option', [actions(select({ initial_option: option('o1') }))]],
    ['an external select', [section({ accessory: { type: 'external_select', action_id: 'e', min_query_length: 0 } })]],
    [
      'a confirmation',
      [actions(button({ confirm: { title: plain(100), text: mrkdwn(300), confirm: plain(30), deny: plain(30) } }))],
    ],
    ['a table', [{ type: 'table', rows: times(100, () => times(20, () => ({ type: 'raw_text', text: 'x' }))) }]],
    ['markdown', [{ type: 'markdown', text: text(12_000) }]],
    ['an image', [{ type: 'image', image_url: 'https://x.example/a.png', alt_text: 'a' }]],
    [
      'rich text with everything in it',
      [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'x', style: { bold: true } },
                { type: 'user', user_id: 'U1' },
                { type: 'date', timestamp: 1_700_000_000, format: '{time}' },
                { type: 'emoji', name: 'tada' },
              ],
            },
            { type: 'rich_text_list', style: 'ordered', indent: 1, elements: [richSection('a'), richSection('b')] },
            { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'log' }] },
            { type: 'rich_text_quote', elements: [{ type: 'link', url: 'https://x.example' }] },
          ],
        },
      ],
    ],
    [
      'a plan with its tasks',
      [
        {
          type: 'plan',
          title: 'Deploying',
          tasks: [{ type: 'task_card', task_id: 't', title: 'Pull', status: 'complete', details: rich('v2') }],
        },
      ],
    ],
    ['feedback', [{ type: 'context_actions', elements: [feedback()] }]],
    ['an overflow menu', [section({ accessory: { type: 'overflow', action_id: 'o', options: options(5) } })]],
  ])('takes %s', (_, blocks) => {
    expect(checkBlocks(blocks, 'message')).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['51 blocks', times(51, () => section()), '/blocks'],
    ['no list', { type: 'section' }, '/blocks'],
    ['an unknown type', [{ type: 'chapter' }], '/blocks/0/type'],
    ['a type of Object.prototype', [{ type: 'constructor' }], '/blocks/0/type'],
    ['an alert, which modals alone have', [{ type: 'alert', text: plain() }], '/blocks/0/type'],
    ['a section of 3,001', [section({ text: mrkdwn(3001) })], '/blocks/0/text/text'],
    ['an empty section', [{ type: 'section' }], '/blocks/0'],
    ['an empty text', [section({ text: mrkdwn(0) })], '/blocks/0/text/text'],
    ['11 fields', [{ type: 'section', fields: times(11, () => mrkdwn()) }], '/blocks/0/fields'],
    ['a field of 2,001', [{ type: 'section', fields: [mrkdwn(2001)] }], '/blocks/0/fields/0/text'],
    ['a header of 151', [{ type: 'header', text: plain(151) }], '/blocks/0/text/text'],
    ['mrkdwn in a header', [{ type: 'header', text: mrkdwn() }], '/blocks/0/text/type'],
    ['26 elements', [actions(...times(26, (index) => button({ action_id: `a${index}` })))], '/blocks/0/elements'],
    ['no element', [actions()], '/blocks/0/elements'],
    ['a button text of 76', [actions(button({ text: plain(76) }))], '/blocks/0/elements/0/text/text'],
    ['a button value of 2,001', [actions(button({ value: text(2001) }))], '/blocks/0/elements/0/value'],
    ['an action_id of 256', [actions(button({ action_id: text(256) }))], '/blocks/0/elements/0/action_id'],
    ['an unknown style', [actions(button({ style: 'warning' }))], '/blocks/0/elements/0/style'],
    ['an unknown property', [section({ colour: 'red' })], '/blocks/0'],
    ['a block_id of 256', [section({ block_id: text(256) })], '/blocks/0/block_id'],
    ['the same block_id twice', [section({ block_id: 'b' }), section({ block_id: 'b' })], '/blocks/1/block_id'],
    ['the same action_id twice in a block', [actions(button(), button())], '/blocks/0'],
    ['11 elements of context', [{ type: 'context', elements: times(11, () => mrkdwn()) }], '/blocks/0/elements'],
    ['a button in a context', [{ type: 'context', elements: [button()] }], '/blocks/0/elements/0/type'],
    ['101 options', [actions(select({ options: options(101) }))], '/blocks/0/elements/0/options'],
    ['no options', [actions({ type: 'static_select', action_id: 's' })], '/blocks/0/elements/0'],
    [
      'an option text of 76',
      [actions(select({ options: [{ text: plain(76), value: 'v' }] }))],
      '/blocks/0/elements/0/options/0/text/text',
    ],
    ['an initial option of none', [actions(select({ initial_option: option('z') }))], '/blocks/0/elements/0'],
    [
      '6 overflow options',
      [section({ accessory: { type: 'overflow', options: options(6) } })],
      '/blocks/0/accessory/options',
    ],
    ['11 radio buttons', [actions({ type: 'radio_buttons', options: options(11) })], '/blocks/0/elements/0/options'],
    [
      'a text of a confirmation of 301',
      [actions(button({ confirm: { title: plain(), text: mrkdwn(301), confirm: plain(), deny: plain() } }))],
      '/blocks/0/elements/0/confirm/text/text',
    ],
    [
      'a confirmation without verb',
      [actions(button({ confirm: { title: plain(), text: mrkdwn() } }))],
      '/blocks/0/elements/0/confirm',
    ],
    ['101 rows', [{ type: 'table', rows: times(101, () => [{ type: 'raw_text', text: 'x' }]) }], '/blocks/0/rows'],
    ['21 columns', [{ type: 'table', rows: [times(21, () => ({ type: 'raw_text', text: 'x' }))] }], '/blocks/0/rows/0'],
    ['two tables', times(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] })), '/blocks'],
    ['markdown of 12,001 together', times(2, (index) => ({ type: 'markdown', text: text(6000 + index) })), '/blocks'],
    ['an image without address', [{ type: 'image', alt_text: 'a' }], '/blocks/0'],
    [
      'a wrong date',
      [actions({ type: 'datepicker', action_id: 'd', initial_date: '23/11/2026' })],
      '/blocks/0/elements/0/initial_date',
    ],
    ['a block that is null', [null], '/blocks/0'],
    ['an unknown element of rich text', [rich('x', { type: 'chapter' })], '/blocks/0/elements/0/elements/1/type'],
    [
      'a mention in a preformatted text',
      [preformatted({ type: 'user', user_id: 'U1' })],
      '/blocks/0/elements/0/elements/0/type',
    ],
    [
      'an unknown style of text',
      [rich('x', { type: 'text', text: 'y', style: { blink: true } })],
      '/blocks/0/elements/0/elements/1/style',
    ],
    [
      'a list without style',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_list', elements: [richSection('a')] }] }],
      '/blocks/0/elements/0',
    ],
    ['an empty cell', [{ type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }], '/blocks/0/rows/0/0/text'],
    ['a cell of mrkdwn', [{ type: 'table', rows: [[mrkdwn()]] }], '/blocks/0/rows/0/0/type'],
    ['a task without status', [{ type: 'task_card', task_id: 't', title: 'T' }], '/blocks/0'],
    [
      'half of a feedback',
      [{ type: 'context_actions', elements: [feedback({ negative_button: null })] }],
      '/blocks/0/elements/0',
    ],
  ])('refuses %s', (_, blocks, pointer) => {
    expect(checkBlocks(blocks, 'message')).toContainEqual(at(pointer))
  })
})

describe('views', () => {
  const modal = (more: object = {}) => ({ type: 'modal', title: plain(), blocks: [section()], ...more })
  const field = { type: 'plain_text_input', action_id: 'v' }

  it('takes modals and Home tabs at their limits', () => {
    const most = times(100, () => section())
    expect(
      checkView(modal({ blocks: most, title: plain(24), submit: plain(24), private_metadata: text(3000) }), 'modal'),
    ).toBeNull()
    expect(checkView(modal({ blocks: [input(field)], submit: plain() }), 'modal')).toBeNull()
    expect(checkView({ type: 'home', blocks: most }, 'home')).toBeNull()
  })

  it.each<[string, unknown, 'modal' | 'home', string]>([
    ['101 blocks', modal({ blocks: times(101, () => section()) }), 'modal', '/view/blocks'],
    ['a title of 25', modal({ title: plain(25) }), 'modal', '/view/title/text'],
    ['a submit of 25', modal({ submit: plain(25) }), 'modal', '/view/submit/text'],
    ['no title', { type: 'modal', blocks: [section()] }, 'modal', '/view'],
    ['private_metadata of 3,001', modal({ private_metadata: text(3001) }), 'modal', '/view/private_metadata'],
    ['inputs without submit', modal({ blocks: [input(field)] }), 'modal', '/view'],
    ['a Home tab as a modal', { type: 'home', blocks: [] }, 'modal', '/view/type'],
    ['a title in a Home tab', { type: 'home', title: plain(), blocks: [] }, 'home', '/view'],
    ['a table in a modal', modal({ blocks: [{ type: 'table', rows: [[{}]] }] }), 'modal', '/view/blocks/0/type'],
    [
      'a button as an input',
      modal({ blocks: [input(button())], submit: plain() }),
      'modal',
      '/view/blocks/0/element/type',
    ],
    [
      'a max_length of 3,001',
      modal({ blocks: [input({ ...field, max_length: 3001 })], submit: plain() }),
      'modal',
      '/view/blocks/0/element/max_length',
    ],
    ['a list', [], 'modal', '/view'],
  ])('refuses %s', (_, view, type, pointer) => {
    expect(checkView(view, type)).toMatchObject({ code: 'invalid_arguments' })
    expect(checkView(view, type)?.messages).toContainEqual(at(pointer))
  })

  it('refuses what weighs over 250 KB', () => {
    const heavy = modal({ blocks: times(90, () => section({ text: mrkdwn(3000) })) })
    expect(checkView(heavy, 'modal')?.code).toBe('view_too_large')
  })
})
