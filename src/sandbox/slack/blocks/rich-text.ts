import { anything, bool, byType, type Check, integer, list, object, oneOf, pattern, string } from './check.ts'

const style = object({
  bold: bool,
  italic: bool,
  strike: bool,
  code: bool,
  underline: bool,
  highlight: bool,
  client_highlight: bool,
  unlink: bool,
})
const leaf = (fields: Readonly<Record<string, Check>>) => object({ 'type!': anything, style, ...fields })
const id = string(255, 1)

const plain = {
  text: leaf({ 'text!': string(40_000, 1) }),
  link: leaf({ 'url!': string(3000, 1), text: string(40_000), unsafe: bool }),
}
/** What stands inside a paragraph. */
const inline = byType({
  ...plain,
  user: leaf({ 'user_id!': id }),
  usergroup: leaf({ 'usergroup_id!': id }),
  channel: leaf({ 'channel_id!': id }),
  team: leaf({ 'team_id!': id }),
  broadcast: leaf({ 'range!': oneOf('here', 'channel', 'everyone') }),
  emoji: leaf({ 'name!': id, unicode: string(255), url: string(3000), skin_tone: integer(1, 6) }),
  color: leaf({ 'value!': pattern(/^#[0-9a-f]{3,8}$/i, 'a colour') }),
  date: leaf({
    'timestamp!': integer(0, 99_999_999_999),
    'format!': string(255, 1),
    url: string(3000),
    fallback: string(3000),
  }),
})
const inlines = list(inline, 0, 1000)
const border = integer(0, 1)
const section = object({ 'type!': oneOf('rich_text_section'), 'elements!': inlines })

/** The `rich_text` block, with everything that may stand in it. */
export const richText = object({
  'type!': oneOf('rich_text'),
  block_id: string(255),
  'elements!': list(
    byType({
      rich_text_section: section,
      rich_text_list: object({
        'type!': anything,
        'elements!': list(section, 1, 1000),
        'style!': oneOf('bullet', 'ordered'),
        indent: integer(0, 8),
        offset: integer(0, 100_000),
        border,
      }),
      rich_text_quote: object({ 'type!': anything, 'elements!': inlines, border }),
      rich_text_preformatted: object({
        'type!': anything,
        'elements!': list(byType(plain), 0, 1000),
        border,
        language: string(255),
      }),
    }),
    0,
    1000,
  ),
})
