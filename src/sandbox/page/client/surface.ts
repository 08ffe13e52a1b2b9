import type { ActionPress } from '../../client-api.ts'
import type { Values } from './api.ts'
import type { Ui } from './context.ts'

/** A block as the API gives it. */
export interface Block {
  readonly type: string
  readonly block_id?: string
  readonly [field: string]: unknown
}

export interface Element {
  readonly type: string
  readonly action_id?: string
  readonly [field: string]: unknown
}

/** Where blocks stand: a message, a modal, Home. Presses go there, and inputs keep their values there. */
export interface Surface {
  readonly ui: Ui
  readonly source: ActionPress['source']
  readonly values: Values
  /** What an input holds now. */
  setValue(block: string, action: string, value: Record<string, unknown>): void
  readonly errors: Readonly<Record<string, string>>
  /** Asks before a press that has a question of its own. */
  confirm(question: Confirm, go: () => void): void
}

export interface Confirm {
  readonly title: { readonly text: string }
  readonly text: { readonly text: string }
  readonly confirm: { readonly text: string }
  readonly deny: { readonly text: string }
  readonly style?: 'primary' | 'danger'
}

/** Sends a press, after its question where it has one. */
export function press(surface: Surface, block: Block, element: Element, chosen: Record<string, unknown>): void {
  const go = () =>
    void surface.ui.act(() =>
      surface.ui.api.press({
        source: surface.source,
        block_id: block.block_id ?? '',
        action_id: element.action_id ?? '',
        element: { type: element.type, ...chosen },
        values: surface.values,
      }),
    )
  const question = element.confirm as Confirm | undefined
  if (question) surface.confirm(question, go)
  else go()
}

/** The text of a text object. */
export const textOf = (value: unknown): string => (value as { text?: string } | undefined)?.text ?? ''
