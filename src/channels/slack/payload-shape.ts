/** What Slack always writes as a text, wherever it stands in a payload. */
const texts = new Set([
  'type',
  'subtype',
  'text',
  'ts',
  'thread_ts',
  'event_ts',
  'message_ts',
  'action_ts',
  'event_id',
  'team_id',
  'user_id',
  'channel_id',
  'enterprise_id',
  'bot_id',
  'api_app_id',
  'trigger_id',
  'callback_id',
  'action_id',
  'block_id',
  'view_id',
  'root_view_id',
  'hash',
  'private_metadata',
  'response_url',
  'command',
  'channel_type',
  'tab',
  'app_id',
  'value',
  'selected_date',
  'selected_time',
  'selected_user',
  'selected_channel',
  'selected_conversation',
  'external_id',
  'client_msg_id',
  'username',
  'locale',
])
/** What is the id of somebody or something as a text, or an object with one. */
const things = new Set(['user', 'channel', 'team', 'enterprise', 'message', 'container'])
/** What is an object wherever it stands. */
const objects = new Set(['event', 'view', 'state', 'values', 'previous_message', 'selected_option'])
const lists = new Set(['authorizations', 'actions', 'response_urls', 'blocks', 'elements', 'files', 'selected_options'])
/** Lists of ids. */
const idLists = new Set(['selected_users', 'selected_channels', 'selected_conversations'])
/** Slack's ids and moments are far shorter (characters). */
const longestId = 255
const ids = /(^|_)(id|ts)$/

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Whether a payload is as Slack makes them, in all that NOX reads of it. It is asked once something went wrong: what
 * Slack sends is not checked each time.
 */
export function hasSlackShape(payload: unknown): boolean {
  if (!isObject(payload)) return false
  return isWhole(payload) && isWell(payload, 0)
}

/** Whether all is there that Slack's documentation promises for this kind of payload. */
function isWhole(payload: Record<string, unknown>): boolean {
  const { type, event, user, view, actions, channel, message } = payload
  const has = (part: unknown, ...names: readonly string[]) =>
    isObject(part) && names.every((name) => typeof part[name] === 'string' && part[name] !== '')
  const hasTeam = has(payload, 'team_id') || has(payload.team, 'id') || has(payload.enterprise, 'id')
  if (!hasTeam) return false
  if (type === 'event_callback') {
    if (!has(payload, 'event_id') || !has(event, 'type')) return false
    const kind = isObject(event) ? event.type : ''
    return kind === 'app_mention' || kind === 'message' ? isMessage(event as Record<string, unknown>) : hasActor(event)
  }
  if (type === undefined) return has(payload, 'command', 'user_id', 'channel_id', 'trigger_id') && 'text' in payload
  if (!has(user, 'id')) return false
  switch (type) {
    case 'block_actions':
      return (
        Array.isArray(actions) &&
        actions.length > 0 &&
        actions.every((each) => has(each, 'type', 'action_id', 'block_id'))
      )
    case 'block_suggestion':
      return has(payload, 'action_id', 'block_id') && typeof payload.value === 'string'
    case 'view_submission':
    case 'view_closed':
      return has(view, 'id', 'callback_id', 'type') && hasValues(view as Record<string, unknown>)
    case 'message_action':
      return has(payload, 'callback_id', 'trigger_id') && has(channel, 'id') && has(message, 'type', 'ts')
    case 'shortcut':
      return has(payload, 'callback_id', 'trigger_id')
    default:
      return false
  }
}

/** A message of somebody: an app, a bot and an edit say it otherwise. */
function isMessage(event: Record<string, unknown>): boolean {
  if (typeof event.channel !== 'string' || typeof event.ts !== 'string') return false
  return event.subtype !== undefined || event.bot_id !== undefined
    ? true
    : typeof event.user === 'string' && typeof event.text === 'string'
}

const hasActor = (event: unknown): boolean => isObject(event) && !('user' in event && !fits('user', event.user))

/** The state of a form: inputs by block and action. */
function hasValues(view: Record<string, unknown>): boolean {
  const { state } = view
  return isObject(state) && areInputs(state.values)
}

/** Inputs stand under the names of their blocks and actions, which could be any. */
function areInputs(values: unknown): boolean {
  if (!isObject(values)) return false
  const inputs = Object.values(values).flatMap((block) => (isObject(block) ? Object.values(block) : [null]))
  return inputs.every((input) => isObject(input) && isWell(input, 0))
}

function isWell(value: unknown, depth: number): boolean {
  if (depth > 60) return false
  if (Array.isArray(value)) return value.every((each) => isWell(each, depth + 1))
  if (!isObject(value)) return true
  return Object.entries(value).every(([key, each]) =>
    key === 'values' ? areInputs(each) : fits(key, each) && isWell(each, depth + 1),
  )
}

function fits(key: string, value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (ids.test(key) && typeof value === 'string' && value.length > longestId) return false
  if (texts.has(key) || key === 'id') return typeof value === 'string' || (key === 'text' && isObject(value))
  if (objects.has(key)) return isObject(value)
  if (lists.has(key)) return Array.isArray(value) && value.every(isObject)
  if (idLists.has(key)) return Array.isArray(value) && value.every((each) => typeof each === 'string')
  if (!things.has(key)) return true
  return typeof value === 'string' ? value.length <= longestId : isObject(value)
}
