import { useState } from 'preact/hooks'
import { html, icon, type Markup } from './html.ts'

/** Deeper levels than this begin folded. */
const openLevels = 3

interface NodeProps {
  readonly name: string | null
  readonly value: unknown
  readonly level: number
}

const isBranch = (value: unknown): value is Record<string, unknown> | unknown[] =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

/** JSON that folds: ← and → close and open, ↑ and ↓ move. */
export function JsonTree({ value, label }: { value: unknown; label: string }) {
  const onKey = (event: KeyboardEvent) => {
    const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=treeitem]')]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const next = event.key === 'ArrowDown' ? items[at + 1] : event.key === 'ArrowUp' ? items[at - 1] : undefined
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return html`<div class="json" role="tree" aria-label=${label} onKeyDown=${onKey}><${Node} name=${null} value=${value} level=${1} /></div>`
}

function Node({ name, value, level }: NodeProps): Markup {
  const [isOpen, setOpen] = useState(level <= openLevels)
  const label = name === null ? null : html`<span class="k">${name}</span>`
  if (!isBranch(value)) {
    return html`<div role="treeitem" aria-level=${level} tabindex=${level === 1 ? 0 : -1} class="row1">${label}${name === null ? null : ': '}${leaf(value)}</div>`
  }
  const entries = Object.entries(value)
  const [before, after] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'ArrowRight') setOpen(true)
    else if (event.key === 'ArrowLeft') setOpen(false)
    else if (event.key === 'Enter' || event.key === ' ') setOpen(!isOpen)
    else return
    event.preventDefault()
  }
  return html`<div role="treeitem" aria-level=${level} aria-expanded=${isOpen} tabindex=${level === 1 ? 0 : -1} onKeyDown=${onKey}>
    ${icon(isOpen ? 'chevron-down' : 'chevron-right', 'i14')}<span class="row1 fold" onClick=${() => setOpen(!isOpen)}>${label}${name === null ? null : ': '}<span class="c">${before}${isOpen ? '' : ` ${entries.length} ${after}`}</span></span>
    ${isOpen && html`<div role="group">${entries.map(([key, item]) => html`<${Node} key=${key} name=${key} value=${item} level=${level + 1} />`)}</div><span class="c">${after}</span>`}
  </div>`
}

function leaf(value: unknown): Markup {
  if (typeof value === 'string') return html`<span class="s">${JSON.stringify(value)}</span>`
  if (typeof value === 'number' || typeof value === 'boolean') return html`<span class="d">${String(value)}</span>`
  if (Array.isArray(value)) return html`<span class="c">[]</span>`
  return html`<span class="c">${value === undefined ? '—' : value === null ? 'null' : '{}'}</span>`
}
