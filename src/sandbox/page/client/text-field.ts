import { html } from './html.ts'
import { type Element, textOf } from './surface.ts'

interface TextFieldProps {
  readonly element: Element
  readonly held: Record<string, unknown> | undefined
  readonly id: string
  readonly describedBy: string | null
  readonly isWrong: boolean
  onChange(chosen: Record<string, unknown>): void
  /** Tells the app, where the input asks for it: upon Enter, or as one types. */
  readonly onDone: ((chosen: Record<string, unknown>) => void) | null
}

const types: Readonly<Record<string, string>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
}

/** Text on one line or several, an address, a number, rich text. */
export function TextField({ element, held, id, describedBy, isWrong, onChange, onDone }: TextFieldProps) {
  const isRich = element.type === 'rich_text_input'
  const value = isRich
    ? plainOf(held?.rich_text_value ?? element.initial_value)
    : (held?.value ?? element.initial_value ?? '')
  const read = (text: string) => (isRich ? { rich_text_value: text ? richOf(text) : null } : { value: text || null })
  const config = element.dispatch_action_config as { trigger_actions_on?: string[] } | undefined
  const asTyped = config?.trigger_actions_on?.includes('on_character_entered') === true
  const onInput = (event: Event) => {
    const chosen = read((event.target as HTMLInputElement).value)
    if (onDone && asTyped) onDone(chosen)
    else onChange(chosen)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !onDone || element.multiline === true) return
    event.preventDefault()
    onDone(read((event.target as HTMLInputElement).value))
  }
  const common = {
    id,
    value,
    onInput,
    onKeyDown: onKey,
    'aria-describedby': describedBy,
    'aria-invalid': isWrong,
    maxlength: element.max_length,
    placeholder: textOf(element.placeholder),
    autocomplete: 'off',
  }
  if (element.multiline === true || isRich) return html`<textarea class="in" ...${common}></textarea>`
  const inputmode = element.type === 'number_input' ? (element.is_decimal_allowed ? 'decimal' : 'numeric') : null
  return html`<input class="in" type=${types[element.type] ?? 'text'} inputmode=${inputmode} ...${common} />`
}

const richOf = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
})

function plainOf(rich: unknown): string {
  const { elements = [] } = (rich ?? {}) as { elements?: { elements?: { text?: string }[] }[] }
  return elements.map((each) => (each.elements ?? []).map(({ text = '' }) => text).join('')).join('\n')
}
