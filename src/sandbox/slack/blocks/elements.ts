import {
  anyText,
  anything,
  bool,
  byType,
  type Check,
  integer,
  list,
  object,
  oneOf,
  plainText,
  string,
} from './check.ts'
import { richText } from './rich-text.ts'
import { actionId, confirm, kind, pickers, plainOption, selects } from './select-elements.ts'

const typed = (more: Readonly<Record<string, Check>>): Check =>
  object({
    ...kind,
    action_id: actionId,
    placeholder: plainText(150),
    dispatch_action_config: object({
      trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2),
    }),
    focus_on_load: bool,
    ...more,
  })

export const button = object({
  ...kind,
  'text!': plainText(75),
  action_id: actionId,
  url: string(3000),
  value: string(2000),
  style: oneOf('primary', 'danger'),
  confirm,
  accessibility_label: string(75),
})

export const image = object({
  ...kind,
  'alt_text!': string(2000),
  image_url: string(3000),
  slack_file: object({ id: string(255), url: string(3000) }),
})

const overflow = object({ ...kind, action_id: actionId, 'options!': list(plainOption, 1, 5), confirm })
const workflowButton = object({
  ...kind,
  'text!': plainText(75),
  'workflow!': anything,
  action_id: actionId,
  style: oneOf('primary', 'danger'),
  accessibility_label: string(75),
})

/** Elements by the place where Slack allows them. */
export const inActions = byType({
  button,
  overflow,
  workflow_button: workflowButton,
  ...selects,
  ...pickers,
  rich_text_input: typed({ initial_value: richText, min_lines: integer(1, 100), max_lines: integer(1, 100) }),
})
export const asAccessory = byType({ button, overflow, image, workflow_button: workflowButton, ...selects, ...pickers })
export const inContext = byType({
  image,
  plain_text: anyText(2000),
  mrkdwn: anyText(2000),
})
const feedback = object({ 'text!': plainText(75), 'value!': string(2000), accessibility_label: string(75) })
export const inContextActions = byType({
  feedback_buttons: object({
    ...kind,
    action_id: actionId,
    'positive_button!': feedback,
    'negative_button!': feedback,
  }),
  icon_button: object({
    ...kind,
    'icon!': oneOf('trash'),
    'text!': plainText(75),
    action_id: actionId,
    value: string(2000),
    confirm,
    accessibility_label: string(75),
    visible_to_user_ids: list(string(255), 1, 100),
  }),
})
export const inInput = byType({
  ...selects,
  ...pickers,
  plain_text_input: typed({
    initial_value: string(3000),
    multiline: bool,
    min_length: integer(0, 3000),
    max_length: integer(1, 3000),
  }),
  email_text_input: typed({ initial_value: string(3000) }),
  url_text_input: typed({ initial_value: string(3000) }),
  number_input: typed({
    'is_decimal_allowed!': bool,
    initial_value: string(255),
    min_value: string(255),
    max_value: string(255),
  }),
  rich_text_input: typed({ initial_value: richText, min_lines: integer(1, 100), max_lines: integer(1, 100) }),
  file_input: object({ ...kind, action_id: actionId, filetypes: list(string(255), 1, 100), max_files: integer(1, 10) }),
})
