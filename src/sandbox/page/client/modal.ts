import { useEffect, useRef, useState } from 'preact/hooks'
import type { SandboxView } from '../../client-api.ts'
import type { Values } from './api.ts'
import { blocksView } from './blocks.ts'
import { ConfirmDialog } from './confirm.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { type Block, type Confirm, type Surface, textOf } from './surface.ts'

/** The modal on top of the person's stack. */
export function Modal({ view, ui }: { view: SandboxView; ui: Ui }) {
  const [values, setValues] = useState<Values>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [isSending, setSending] = useState(false)
  const [asked, setAsked] = useState<{ question: Confirm; go: () => void } | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const { title, submit, close, blocks } = view.view as Record<string, unknown>

  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input, textarea, .sel, button.pri, .modal-f button')?.focus()
  }, [view.id])
  useEffect(() => {
    const [first] = Object.keys(errors)
    if (first) document.getElementById(`f-${first}`)?.focus()
  }, [errors])

  const surface: Surface = {
    ui,
    source: { kind: 'view', view_id: view.id },
    values,
    setValue: (block, action, value) => setValues((now) => ({ ...now, [block]: { ...now[block], [action]: value } })),
    errors,
    confirm: (question, go) => setAsked({ question, go }),
  }
  const leave = () => {
    ui.store.set({ views: ui.store.model.views.filter((each) => each.id !== view.id) })
    void ui.act(() => ui.api.closeView(view.id))
  }
  const send = async () => {
    setErrors({})
    setSending(true)
    await ui.act(async () => {
      const result = await ui.api.submit(view.id, values)
      if (result.errors) setErrors(result.errors)
      else {
        const rest = ui.store.model.views.filter((each) => each.id !== view.id)
        ui.store.set({ views: result.clear ? [] : result.view ? [...rest, result.view] : rest })
      }
    })
    setSending(false)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) leave()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit) void send()
    else if (event.key === 'Tab') keepInside(event, box.current)
  }
  return html`<div class="scrim"><div class="modal" role="dialog" aria-modal="true" aria-labelledby="mt" ref=${box} onKeyDown=${onKey}>
    <div class="modal-h"><span class="av av24 nox" aria-hidden="true">${icon('moon', 'i14')}</span><h2 id="mt" class="grow">${textOf(title)}</h2>
      <button type="button" class="ib" aria-label=${ui.t('close')} onClick=${leave}>${icon('x')}</button></div>
    <div class="modal-b">${blocksView(blocks as Block[], surface)}</div>
    <div class="modal-f"><button type="button" class="b lg" onClick=${leave}>${textOf(close) || ui.t('cancel')}</button>
      ${submit !== undefined && html`<button type="button" class=${isSending ? 'b lg pri load' : 'b lg pri'} disabled=${isSending} onClick=${send}>${textOf(submit)}</button>`}</div>
    ${asked && html`<${ConfirmDialog} question=${asked.question} onClose=${() => setAsked(null)} onConfirm=${asked.go} />`}
  </div></div>`
}

/** Tab stays within the dialog. */
function keepInside(event: KeyboardEvent, box: HTMLElement | null): void {
  const all = [
    ...(box?.querySelectorAll<HTMLElement>('button, input, textarea, a[href], [tabindex="0"]') ?? []),
  ].filter((each) => !each.hasAttribute('disabled'))
  const [first] = all
  const last = all.at(-1)
  if (!first || !last) return
  if (event.shiftKey && document.activeElement === first) last.focus()
  else if (!event.shiftKey && document.activeElement === last) first.focus()
  else return
  event.preventDefault()
}
