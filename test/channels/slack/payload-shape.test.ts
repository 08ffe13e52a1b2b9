import { describe, expect, it } from 'vitest'
import { hasSlackShape } from '../../../src/channels/slack/payload-shape.ts'
import { seeds } from '../../fuzz/requests.ts'

const recorded = seeds.filter(({ kind }) => kind !== 'webhook')
const [first] = recorded.filter(({ kind }) => kind === 'event')
const event = first?.payload as Record<string, unknown>

describe('the shape of what Slack sends', () => {
  it.each(recorded.map((each, at) => ({ at, ...each })))('holds for a recorded $kind, number $at', ({ payload }) => {
    expect(hasSlackShape(payload)).toBe(true)
  })

  it('holds for a shortcut on a message of another app, whatever that is made of', () => {
    const attachments = [
      { id: 1, ts: 1_795_000_000, text: null, title: null, fields: [{ value: 7 }], blocks: [{ block_id: 4 }] },
    ]
    const message = {
      type: 'message',
      ts: '1.1',
      text: 'Deploy failed',
      bot_id: 'B1',
      subtype: 'bot_message',
      attachments,
    }
    const by = { team: { id: 'T1' }, user: { id: 'U1', team_id: null }, enterprise: null, channel: { id: 'C1' } }
    const shortcut = { type: 'message_action', callback_id: 'x', trigger_id: '1.2', ...by, message }
    expect(hasSlackShape(shortcut)).toBe(true)
    expect(hasSlackShape({ ...shortcut, message: { ...message, text: { a: 1 } } })).toBe(false)
    expect(hasSlackShape({ ...shortcut, channel: null })).toBe(false)
  })

  it.each([
    ['no object', []],
    ['nothing', null],
    ['an event that is none', { ...event, event: true }],
    ['an event without a kind', { ...event, event: {} }],
    ['a message without a conversation', { ...event, event: { type: 'message', user: 'U1', text: 'x', ts: '1.1' } }],
    ['a text that is a number', { ...event, event: { ...(event.event as object), text: 7 } }],
    ['an id that is far too long', { ...event, event_id: 'E'.repeat(300) }],
    ['no workspace', { ...event, team_id: undefined }],
    ['a press of nothing', { type: 'block_actions', team: { id: 'T1' }, user: { id: 'U1' }, actions: [] }],
    ['a form without fields', { type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' }, view: { id: 'V1' } }],
  ])('does not hold for %s', (_, payload) => {
    expect(hasSlackShape(payload)).toBe(false)
  })
})
