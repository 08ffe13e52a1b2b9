import {
  anyText,
  anything,
  bool,
  type Check,
  integer,
  isRecord,
  list,
  object,
  oneOf,
  pattern,
  plainText,
  string,
} from './check.ts'

export const kind = { 'type!': anything }
export const actionId = string(255, 1)
const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD')
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:mm')

export const confirm = object({
  'title!': plainText(100),
  'text!': anyText(300),
  'confirm!': plainText(30),
  'deny!': plainText(30),
  style: oneOf('primary', 'danger'),
})

const option = object({ 'text!': anyText(75), value: string(150), description: anyText(75), url: string(3000) })
export const plainOption = object({
  'text!': plainText(75),
  value: string(150),
  description: plainText(75),
  url: string(3000),
})
const group = object({ 'label!': plainText(75), 'options!': list(plainOption, 1, 100) })

/** Options or option groups, as a select has them and as the app answers for an external one. */
export const optionLists = {
  options: list(plainOption, 1, 100),
  option_groups: list(group, 1, 100),
}

const selectCommon = { ...kind, action_id: actionId, placeholder: plainText(150), confirm, focus_on_load: bool }
const many = { max_selected_items: integer(1, 1_000_000) }
const filter = object({
  include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
  exclude_external_shared_channels: bool,
  exclude_bot_users: bool,
})

const oneSource: Check = (value, pointer, report) => {
  if (!isRecord(value)) return
  if ((value.options === undefined) === (value.option_groups === undefined)) {
    report.add('must have either options or option_groups', pointer)
  }
  const options = [
    value.options ?? [],
    ...[value.option_groups ?? []].flat().map((each) => isRecord(each) && each.options),
  ]
  const known = new Set(options.flat().flatMap((each) => (isRecord(each) ? [String(each.value)] : [])))
  for (const initial of [value.initial_option ?? [], value.initial_options ?? []].flat()) {
    if (isRecord(initial) && !known.has(String(initial.value))) report.add('initial option not in options', pointer)
  }
}

const choices = (max: number): Check =>
  object(
    {
      ...kind,
      action_id: actionId,
      'options!': list(option, 1, max),
      initial_option: option,
      initial_options: list(option, 1, max),
      confirm,
      focus_on_load: bool,
    },
    oneSource,
  )

/** Menus. */
export const selects: Readonly<Record<string, Check>> = {
  static_select: object({ ...selectCommon, ...optionLists, initial_option: plainOption }, oneSource),
  multi_static_select: object(
    { ...selectCommon, ...optionLists, initial_options: list(plainOption, 1, 100), ...many },
    oneSource,
  ),
  external_select: object({ ...selectCommon, initial_option: plainOption, min_query_length: integer(0, 3000) }),
  multi_external_select: object({
    ...selectCommon,
    initial_options: list(plainOption, 1, 100),
    min_query_length: integer(0, 3000),
    ...many,
  }),
  users_select: object({ ...selectCommon, initial_user: string(255) }),
  multi_users_select: object({ ...selectCommon, initial_users: list(string(255), 1, 100), ...many }),
  channels_select: object({ ...selectCommon, initial_channel: string(255), response_url_enabled: bool }),
  multi_channels_select: object({ ...selectCommon, initial_channels: list(string(255), 1, 100), ...many }),
  conversations_select: object({
    ...selectCommon,
    initial_conversation: string(255),
    default_to_current_conversation: bool,
    response_url_enabled: bool,
    filter,
  }),
  multi_conversations_select: object({
    ...selectCommon,
    initial_conversations: list(string(255), 1, 100),
    default_to_current_conversation: bool,
    filter,
    ...many,
  }),
}

/** Pickers of dates and times, and lists of choices. */
export const pickers: Readonly<Record<string, Check>> = {
  datepicker: object({ ...selectCommon, initial_date: date }),
  timepicker: object({ ...selectCommon, initial_time: time, timezone: string(255) }),
  datetimepicker: object({
    ...kind,
    action_id: actionId,
    initial_date_time: integer(0, 9_999_999_999),
    confirm,
    focus_on_load: bool,
  }),
  radio_buttons: choices(10),
  checkboxes: choices(10),
}
