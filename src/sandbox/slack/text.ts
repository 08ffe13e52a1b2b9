import type { World } from './state/world.ts'

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
export function encodeTypedText(typed: string, world: World, teamId: string): string {
  return typed
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((part, index) =>
      index % 2 === 1 ? escapeText(part).replace(address, '<$1>') : encodePlain(part, world, teamId),
    )
    .join('')
}

function encodePlain(text: string, world: World, teamId: string): string {
  const linked = escapeText(text)
    .replace(email, '<mailto:$1|$1>')
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? part : linkAddresses(part)))
    .join('')
  return linked
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? part : mention(part, world, teamId)))
    .join('')
}

function linkAddresses(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>|]+)/)
    .map((part, index) => (index % 2 === 1 ? part.replace(address, '<$1>') : part.replace(hostname, '<http://$1|$1>')))
    .join('')
}

function mention(text: string, world: World, teamId: string): string {
  const users = world.usersOf(teamId)
  const names = new Map<string, string>()
  for (const user of users) {
    for (const name of [user.name, user.realName]) names.set(name.toLowerCase(), `<@${user.id}>`)
  }
  for (const group of world.userGroups) {
    if (group.teamId === teamId) names.set(group.handle.toLowerCase(), `<!subteam^${group.id}>`)
  }
  for (const word of ['here', 'channel', 'everyone']) names.set(word, `<!${word}>`)
  const channels = new Map(
    world.channelsOf(teamId).flatMap((each) => (each.kind === 'im' ? [] : [[each.name, each.id] as const])),
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

/** The `rich_text` block that clients send beside `text`. */
export function richText(text: string): Record<string, unknown> {
  const elements = text.split(/(<[^>]*>)/).flatMap((part): Record<string, unknown>[] => {
    if (!part) return []
    const inner = /^<(.*)>$/.exec(part)?.[1]
    if (inner === undefined) return [{ type: 'text', text: unescapeText(part) }]
    const [target = '', label] = inner.split('|')
    if (target.startsWith('@')) return [{ type: 'user', user_id: target.slice(1) }]
    if (target.startsWith('#')) return [{ type: 'channel', channel_id: target.slice(1) }]
    if (target.startsWith('!subteam^')) return [{ type: 'usergroup', usergroup_id: target.slice(9) }]
    if (target.startsWith('!')) return [{ type: 'broadcast', range: target.slice(1) }]
    return [{ type: 'link', url: unescapeText(target), ...(label ? { text: unescapeText(label) } : {}) }]
  })
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}

/** The reverse of Slack's escaping. */
export function unescapeText(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')
}
