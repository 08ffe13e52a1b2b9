import { expect, it } from 'vitest'
import { addressBody } from '../../../src/channels/slack/listeners/address-incoming.ts'
import { readForm } from '../../../src/channels/slack/listeners/read-form.ts'
import { buildForm } from '../../../src/channels/slack/views/form.ts'
import { phrase } from '../../../src/texts/phrase.ts'

const title = phrase('field.alert.channel')
const elementFor = (value: string | undefined, suffix = '') => {
  const field = { name: 'channel', label: title, kind: 'channel', ...(value ? { value } : {}) } as const
  const form = { callbackId: 'f', title, submit: title, fields: [field], metadata: '' }
  return (buildForm(form, 'fr', { suffix }).blocks as unknown as { element: Record<string, unknown> }[])[0]?.element
}
const menu = { type: 'multi_conversations_select', max_selected_items: 1 }

it('names a channel by its menu, and keeps the id of one of another workspace as text', () => {
  expect(elementFor(undefined)).toMatchObject(menu)
  expect(elementFor(undefined)).not.toHaveProperty('initial_conversations')
  expect(elementFor('C0INCIDENTS')).toMatchObject({ ...menu, initial_conversations: ['C0INCIDENTS'] })
  expect(elementFor('C0CLIENTS_T0FREELEA', '_T0FREELEA')).toMatchObject({
    ...menu,
    initial_conversations: ['C0CLIENTS'],
  })
  for (const [elsewhere, suffix] of [
    ['C0CLIENTS_T0FREELEA', ''],
    ['C0INCIDENTS', '_T0FREELEA'],
  ] as const) {
    expect(elementFor(elsewhere, suffix)).toMatchObject({ type: 'plain_text_input', initial_value: elsewhere })
  }
})

it('reads the chosen channel by its address in the tenant; none is an empty field', () => {
  const sent = (ids: readonly string[]) => ({
    view: { state: { values: { 'channel@2': { channel: { type: menu.type, selected_conversations: ids } } } } },
  })
  const body = sent(['C0CLIENTS'])
  addressBody(body, '_T0FREELEA', undefined)
  expect(readForm(body as never)).toEqual({ channel: 'C0CLIENTS_T0FREELEA' })
  expect(readForm(sent([]) as never)).toEqual({ channel: '' })
})
