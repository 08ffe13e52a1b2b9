import type { App } from '@slack/bolt'

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const fieldsIn = (value: unknown): Fields => (isFields(value) ? value : {})

/** Where Slack writes the id of a person or a conversation, in events, interactions and commands. */
const idFields = [
  'user',
  'user_id',
  'channel',
  'channel_id',
  'selected_user',
  'selected_channel',
  'selected_conversation',
]
const listFields = ['selected_users', 'selected_channels', 'selected_conversations']

/** `<@U123>`, `<#C123|general>` in what people write. */
const reference = /<([@#])([A-Z][A-Z0-9]+)(?=[|>])/g

/**
 * Ids of Slack hold within one workspace. What comes in from a workspace that joined a tenant gets the ids by which the
 * tenant knows its people and conversations (`workspace-address.ts`) before any listener sees it; nothing changes for
 * the workspace that the tenant began with.
 */
export function addressIncoming(app: App): void {
  app.use(async ({ body, context, next }) => {
    const suffix = String(context.suffix ?? '')
    if (suffix !== '') addressBody(body as unknown as Fields, suffix, context.botUserId)
    await next()
  })
}

/** Rewrites a body of Slack in place: Bolt's `event`, `action`, `view` and `command` are parts of it. */
export function addressBody(body: Fields, suffix: string, botUserId: string | undefined): void {
  const address = (id: unknown) => (typeof id === 'string' && id !== '' ? `${id}${suffix}` : id)
  const write = (fields: Fields): void => {
    for (const name of idFields) {
      const value = fields[name]
      if (isFields(value)) value.id = address(value.id)
      else if (name in fields) fields[name] = address(value)
    }
    for (const name of listFields) {
      const value = fields[name]
      if (Array.isArray(value)) fields[name] = value.map(address)
    }
  }
  const { view, event, message, container, actions } = body
  const inputs = Object.values(fieldsIn(fieldsIn(fieldsIn(view).state).values)).flatMap((block) =>
    Object.values(fieldsIn(block)),
  )
  for (const part of [body, event, message, container, ...inputs, ...(Array.isArray(actions) ? actions : [])]) {
    if (isFields(part)) write(part)
  }
  for (const said of [body, event, message]) {
    if (!isFields(said) || typeof said.text !== 'string') continue
    said.text = said.text.replace(reference, (whole, mark: string, id: string) =>
      id === botUserId ? whole : `<${mark}${address(id)}`,
    )
  }
}
