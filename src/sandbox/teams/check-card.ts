type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value)

/** What a card may hold at which place, with what it cannot do without. */
const elements: Readonly<Record<string, { readonly needs: readonly string[]; readonly knows: readonly string[] }>> = {
  RichTextBlock: { needs: ['inlines'], knows: ['horizontalAlignment', 'spacing', 'separator', 'id'] },
  TextBlock: { needs: ['text'], knows: ['weight', 'size', 'color', 'wrap', 'isSubtle', 'spacing', 'separator', 'id'] },
  FactSet: { needs: ['facts'], knows: ['spacing', 'separator', 'id'] },
  Table: { needs: [], knows: ['columns', 'rows', 'firstRowAsHeader', 'showGridLines', 'spacing', 'id'] },
}
const cardKeys = ['type', '$schema', 'version', 'lang', 'fallbackText', 'body', 'actions', 'msteams', 'speak']

function elementProblem(element: unknown): string | null {
  if (!isObject(element)) return 'an element is no object'
  const { type } = element
  const known = typeof type === 'string' ? elements[type] : undefined
  if (!known) return `the type ${String(type)} is not known`
  const lacking = known.needs.find((key) => element[key] === undefined)
  if (lacking) return `${String(type)} has no ${lacking}`
  const strange = Object.keys(element).find((key) => ![...known.needs, ...known.knows, 'type'].includes(key))
  if (strange) return `${String(type)} knows no ${strange}`
  if (type === 'Table') {
    const rows = Array.isArray(element.rows) ? element.rows : []
    const width = Array.isArray(element.columns) ? element.columns.length : 0
    const isFine = rows.every((row) => isObject(row) && Array.isArray(row.cells) && row.cells.length === width)
    return isFine ? null : 'the rows of a Table are not as wide as its columns'
  }
  return null
}

/** The card of a message, with what is wrong with it; both are `null` where there is none. */
export function cardProblem(body: unknown): { readonly card: Json | null; readonly problem: string | null } {
  const wrong = (problem: string) => ({ card: null, problem })
  if (!isObject(body) || body.type !== 'message') return wrong('the type of the message is not "message"')
  const [attachment, ...others] = Array.isArray(body.attachments) ? body.attachments : []
  if (!isObject(attachment) || others.length > 0) return wrong('a message has one attachment')
  if (attachment.contentType !== 'application/vnd.microsoft.card.adaptive') return wrong('the attachment is no card')
  const card = attachment.content
  if (!isObject(card) || card.type !== 'AdaptiveCard') return wrong('the content is no AdaptiveCard')
  if (!/^1\.[0-5]$/.test(String(card.version))) return wrong('Teams shows cards up to version 1.5')
  const strange = Object.keys(card).find((key) => !cardKeys.includes(key))
  if (strange) return wrong(`a card knows no ${strange}`)
  const problem = (Array.isArray(card.body) ? card.body : []).map(elementProblem).find((each) => each !== null)
  if (problem) return wrong(problem)
  const actions = Array.isArray(card.actions) ? card.actions : []
  const isLink = (each: unknown) => isObject(each) && each.type === 'Action.OpenUrl' && URL.canParse(String(each.url))
  return actions.every(isLink) ? { card, problem: null } : wrong('an action opens no address')
}
