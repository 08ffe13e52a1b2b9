/** A text of Jira Cloud, in Atlassian's document format. */
interface Node {
  readonly type: string
  readonly text?: string
  readonly content?: readonly Node[]
}

const inline = (line: string): readonly Node[] => (line === '' ? [] : [{ type: 'text', text: line }])

/** Plain text as a document: one paragraph a line; nothing in it is markup. */
export const toDocument = (text: string) => ({
  type: 'doc',
  version: 1,
  content: text.split('\n').map((line) => ({ type: 'paragraph', content: inline(line) })),
})

/** Plain text for a data center, whose wiki markup would read some of it as its own. */
export const toWiki = (text: string): string => text.replace(/[{}[\]*_^~+|!\\-]/g, (mark) => `\\${mark}`)

/** The words of a document, or of a data center's text as they were written. */
export function plainWords(value: unknown): string {
  if (typeof value === 'string') return value.replace(/\\([{}[\]*_^~+|!\\-])/g, '$1')
  const node = (value ?? {}) as Node
  const inner = (node.content ?? []).map(plainWords)
  return `${node.text ?? ''}${inner.join(node.type === 'doc' ? '\n' : '')}`
}
