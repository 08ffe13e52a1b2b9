import type { Channel, User, UserGroup } from './model.ts'

/** Whom and what a person can mention by name. */
export interface Directory {
  readonly users: readonly User[]
  readonly userGroups: readonly UserGroup[]
  readonly channels: readonly Channel[]
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** What stays as it is between angle brackets: mentions, channels, groups, dates, links. */
const reference =
  /^(?:@[UW]\w+|#C\w+|!(?:here|channel|everyone|subteam\^\w+|date\^[^|]+)|(?:https?|mailto|tel):[^\s<>]+)(?:\|[^<>]*)?$/
/** Top-level domains that make a bare host a link; a sample of the registry that people type. */
const hostname =
  /(?<![\w@/.:-])((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|io|dev|app|fr|eu|uk|de|ch|be|ca|co|ai|me|sh|py|rs|md|example)(?:\/[^\s<>|]*)?)(?![\w-])/gi
const address = /(?<![\w<|:/])(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]'"])/g
const email = /(?<![\w<|:/.])([\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?![\w-])/gi

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => escapes[character] ?? character)
}

/** `text` of an app as Slack stores it: stray `& < >` escaped, bare addresses made links. */
export function storeAppText(text: string): string {
  return text
    .split(/(<[^<>]*>)/)
    .map((part) =>
      part.startsWith('<') && part.endsWith('>') && reference.test(part.slice(1, -1))
        ? part
        : part
            .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
            .replace(/[<>]/g, (character) => escapes[character] ?? character)
            .replace(address, '<$1>'),
    )
    .join('')
}

/** What a person typed, as Slack's clients send it: mentions, channels and links encoded, `& < >` escaped. */
export function encodeTypedText(typed: string, known: Directory): string {
  return typed
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? escapeText(part).replace(address, '<$1>') : encodePlain(part, known)))
    .join('')
}

function encodePlain(text: string, known: Directory): string {
  const linked = escapeText(text)
    .replace(email, '<mailto:$1|$1>')
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? part : linkAddresses(part)))
    .join('')
  return linked
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? part : mention(part, known)))
    .join('')
}

function linkAddresses(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>|]+)/)
    .map((part, index) => (index % 2 === 1 ? part.replace(address, '<$1>') : part.replace(hostname, '<http://$1|$1>')))
    .join('')
}

function mention(text: string, directory: Directory): string {
  const names = new Map<string, string>()
  for (const user of directory.users) {
    for (const name of [user.name, user.realName]) names.set(name.toLowerCase(), `<@${user.id}>`)
  }
  for (const group of directory.userGroups) names.set(group.handle.toLowerCase(), `<!subteam^${group.id}>`)
  for (const word of ['here', 'channel', 'everyone']) names.set(word, `<!${word}>`)
  const channels = new Map(
    directory.channels.flatMap((each) =>
      each.kind === 'im' || each.kind === 'mpim' ? [] : [[each.name, each.id] as const],
    ),
  )
  // Longest names first, so that a full name wins over a first name.
  const known = [...names.keys()].sort((one, other) => other.length - one.length).map(literal)
  const people = new RegExp(`(?<![\\p{L}\\p{N}_@])@(${known.join('|')})(?![\\p{L}\\p{N}_])`, 'giu')
  return text
    .replace(people, (whole, name: string) => names.get(name.toLowerCase()) ?? whole)
    .replace(/(?<![\p{L}\p{N}_#&])#([\p{L}\p{N}_-]+)/gu, (whole, name: string) => {
      const id = channels.get(name.toLowerCase())
      return id ? `<#${id}|${name.toLowerCase()}>` : whole
    })
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

type Json = Record<string, unknown>

/** The `rich_text` block that clients send beside `text`: code, bold, italic and struck text as people mark it. */
export function richText(text: string): Json {
  const elements = text.split(/```\n?([\s\S]*?)```/).flatMap((part, index): Json[] => {
    if (part.trim() === '') return []
    return index % 2 === 1
      ? [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: unescapeText(part) }] }]
      : [{ type: 'rich_text_section', elements: section(part) }]
  })
  return { type: 'rich_text', elements }
}

/** A mention or link as it is encoded, else a marked piece: code, bold, italic, struck. */
const pieces =
  /<[^>]*>|`([^`\n]+)`|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<![\w_])_([^_\n]+)_(?![\w_])|(?<![\w~])~([^~\n]+)~(?![\w~])/g

/** What stands in a paragraph. */
function section(text: string): Json[] {
  const found: Json[] = []
  let end = 0
  const plain = (until: number) => {
    if (until > end) found.push({ type: 'text', text: unescapeText(text.slice(end, until)) })
  }
  for (const match of text.matchAll(pieces)) {
    plain(match.index)
    const [whole, code, bold, italic, strike] = match
    if (code !== undefined) found.push({ type: 'text', text: unescapeText(code), style: { code: true } })
    else if (bold !== undefined) found.push(...styled(bold, { bold: true }))
    else if (italic !== undefined) found.push(...styled(italic, { italic: true }))
    else if (strike !== undefined) found.push(...styled(strike, { strike: true }))
    else found.push(leaf(whole))
    end = match.index + whole.length
  }
  plain(text.length)
  return found
}

const styled = (text: string, style: Json): Json[] =>
  text.split(/(<[^>]*>)/).flatMap((part) => (part ? [{ ...leaf(part), style }] : []))

function leaf(part: string): Json {
  const inner = /^<(.*)>$/.exec(part)?.[1]
  if (inner === undefined) return { type: 'text', text: unescapeText(part) }
  const [target = '', label] = inner.split('|')
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) }
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) }
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice(9) }
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) }
  return { type: 'link', url: unescapeText(target), ...(label ? { text: unescapeText(label) } : {}) }
}

/** The addresses that a stored text links to. */
export function linksOf(text: string): string[] {
  return [...text.matchAll(/<(https?:[^<>|]+)(?:\|[^<>]*)?>/g)].map((match) => unescapeText(match[1] ?? ''))
}

/** The reverse of Slack's escaping. */
export function unescapeText(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')
}
