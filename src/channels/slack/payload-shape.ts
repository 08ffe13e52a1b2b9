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
  'app_installed_team_id',
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

/** What Slack leaves empty as `null`: an input without a value, and who there is none of. */
const nullable =
  /^(selected_.*|value|enterprise|enterprise_id|team|team_id|bot_id|previous_view_id|thread_ts|external_id)$/
const isKnown = (key: string): boolean =>
  key === 'id' || [texts, things, objects, lists, idLists].some((names) => names.has(key))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Whether a payload is as Slack makes them, in all that NOX reads of it; what a message says beside its words is not
 * looked at. Events are asked once something went wrong: they are not checked each time.
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
  // They are left out, never empty; a shortcut's message has words and no object in their place.
  if (channel === null || message === null || user === null) return false
  if (isObject(message) && !['string', 'undefined'].includes(typeof message.text)) return false
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
        actions.every((each) => has(each, 'type', 'action_id', 'block_id') && isChosen(each))
      )
    case 'block_suggestion':
      return has(payload, 'action_id', 'block_id') && typeof payload.value === 'string'
    case 'view_closed':
      return has(view, 'id', 'type')
    case 'view_submission':
      return (
        has(view, 'id', 'callback_id', 'type') &&
        Array.isArray((view as Record<string, unknown>).blocks) &&
        hasValues(view as Record<string, unknown>)
      )
    case 'message_action':
      return has(payload, 'callback_id', 'trigger_id') && has(channel, 'id') && has(message, 'type', 'ts')
    case 'shortcut':
      return has(payload, 'callback_id', 'trigger_id')
    default:
      return false
  }
}

/** What a menu of few entries gives: the one that was picked. */
const isChosen = (action: Record<string, unknown>): boolean =>
  action.type !== 'overflow' || (isObject(action.selected_option) && typeof action.selected_option.value === 'string')

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

/** What people and other apps made of a message: any content, of which NOX reads words alone. */
const contents = new Set(['blocks', 'attachments', 'files', 'metadata', 'reactions', 'edited', 'root', 'message'])

function isWell(value: unknown, depth: number): boolean {
  if (depth > 60) return false
  if (Array.isArray(value)) return value.every((each) => isWell(each, depth + 1))
  if (!isObject(value)) return true
  return Object.entries(value).every(([key, each]) => {
    if (key === 'values') return areInputs(each)
    if (!fits(key, each)) return false
    return key === 'message' || key === 'event' ? isSaid(each) : isWell(each, depth + 1)
  })
}

/** A message's own fields; what it is made of may be anything. */
const isSaid = (value: unknown): boolean =>
  !isObject(value) ||
  Object.entries(value).every(([key, each]) => contents.has(key) || (fits(key, each) && isWell(each, 1)))

function fits(key: string, value: unknown): boolean {
  if (value === undefined) return true
  if (value === null) return nullable.test(key) || !isKnown(key)
  if (ids.test(key) && typeof value === 'string' && value.length > longestId) return false
  if (texts.has(key) || key === 'id') return typeof value === 'string' || (key === 'text' && isObject(value))
  if (objects.has(key)) return isObject(value)
  if (lists.has(key)) return Array.isArray(value) && value.every(isObject)
  if (idLists.has(key)) return Array.isArray(value) && value.every((each) => typeof each === 'string')
  if (!things.has(key)) return true
  if (typeof value === 'string') return value.length <= longestId
  return (
    isObject(value) &&
    (key === 'message' ||
      key === 'container' ||
      typeof value.id === 'string' ||
      (value.id === undefined && key === 'user'))
  )
}
