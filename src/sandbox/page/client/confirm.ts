import { useLayoutEffect, useRef } from 'preact/hooks'
import { html } from './html.ts'
import { keepInside } from './keep-inside.ts'
import type { Confirm } from './surface.ts'
import { plainText } from './text.ts'

/** The question of a button: its verb confirms; the way back has the focus. */
export function ConfirmDialog({
  question,
  onClose,
  onConfirm,
}: {
  question: Confirm
  onClose: () => void
  onConfirm: () => void
}) {
  const back = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null
    back.current?.focus()
    return () => before?.isConnected && before.focus()
  }, [])
  const go = () => {
    onClose()
    onConfirm()
  }
  const onKey = (event: KeyboardEvent) => {
    // What lies below, a form or a thread, must not close with it.
    event.stopPropagation()
    if (event.key === 'Tab') return keepInside(event, box.current)
    if (event.key !== 'Escape') return
    event.preventDefault()
    onClose()
  }
  return html`<div class="scrim" onKeyDown=${onKey}><div class="modal confirm" ref=${box} role="alertdialog" aria-modal="true" aria-labelledby="cq" aria-describedby="ct">
    <div class="modal-h"><h2 id="cq">${question.title.text}</h2></div>
    <div class="modal-b"><p id="ct">${plainText(question.text.text)}</p></div>
    <div class="modal-f"><button type="button" class="b lg" ref=${back} onClick=${onClose}>${question.deny.text}</button>
      <button type="button" class=${question.style === 'danger' ? 'b lg danf' : 'b lg pri'} onClick=${go}>${question.confirm.text}</button></div>
  </div></div>`
}
