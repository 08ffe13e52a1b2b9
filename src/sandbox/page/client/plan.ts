import { useState } from 'preact/hooks'
import type { Ui } from './context.ts'
import { html, icon, type Markup } from './html.ts'
import { richText } from './rich-text.ts'
import type { Block } from './surface.ts'
import { plainText } from './text.ts'
import type { Word } from './words.ts'

export interface Task {
  readonly task_id: string
  readonly title: string
  readonly status: 'pending' | 'in_progress' | 'complete' | 'error'
  readonly details?: { readonly elements: never }
  readonly output?: { readonly elements: never }
  readonly sources?: readonly { readonly url: string; readonly text: string }[]
}

const looks = {
  pending: ['wait', 'circle'],
  in_progress: ['run', 'loader-circle'],
  complete: ['done', 'circle-check'],
  error: ['fail', 'circle-x'],
} as const

/** One step of what NOX is doing. */
export function taskView(task: Task, ui: Ui): Markup {
  const [kind, mark] = looks[task.status] ?? looks.pending
  return html`<li class=${`step ${kind}`} key=${task.task_id}>${icon(mark, kind === 'run' ? 'spin' : '')}<div>${plainText(task.title)}<span class="sr"> ${ui.t(`task_${task.status}` as Word)}</span>
    ${[task.details, task.output].map((each) => each && html`<small>${richText(each.elements, ui.model)}</small>`)}
    ${task.sources?.map(({ url, text }) => html`<small><a href=${url} target="_blank" rel="noreferrer">${text}</a></small>`)}</div></li>`
}

/** Steps under a title, which folds them. */
export function Plan({ block, ui }: { block: Block; ui: Ui }) {
  const [isOpen, setOpen] = useState(true)
  const tasks = (block.tasks ?? []) as Task[]
  const status = tasks.some((task) => task.status === 'error')
    ? 'error'
    : tasks.every((task) => task.status === 'complete')
      ? 'complete'
      : 'in_progress'
  const [kind, mark] = looks[status]
  return html`<div class="plan"><button type="button" class="plan-h" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>${icon(mark, kind === 'run' ? 'spin' : '')}<span class="grow">${plainText(String(block.title))}</span>${icon(isOpen ? 'chevron-down' : 'chevron-right', 't')}</button>
    ${isOpen && html`<ol class="steps">${tasks.map((task) => taskView(task, ui))}</ol>`}</div>`
}
