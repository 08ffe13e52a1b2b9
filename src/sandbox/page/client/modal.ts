import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { SandboxView } from '../../client-api.ts'
import type { Values } from './api.ts'
import { blocksView } from './blocks.ts'
import { ConfirmDialog } from './confirm.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { keepInside } from './keep-inside.ts'
import { newer } from './model.ts'
import { type Block, type Confirm, type Surface, textOf } from './surface.ts'
import { say, type Word } from './words.ts'

/** What was typed into open modals, by view: it is there again when a modal above is left. */
const typed = new Map<string, Values>()

/** What Slack itself says of a field, in the language of the frame; what the app says stays as it is. */
function inLanguage(problem: string, ui: Ui): string {
  const [n = ''] = /\d+/.exec(problem) ?? []
  const word = own.find((each) => say('en', each, { n }) === problem)
  return word ? ui.t(word, { n }) : problem
}
const own: readonly Word[] = ['form_required', 'form_least', 'form_most', 'form_number', 'form_email', 'form_url']

/** Modals after a form was answered; what the stream told since is newer than the answer. */
function viewsAfter(views: readonly SandboxView[], sent: string, given?: SandboxView): readonly SandboxView[] {
  if (!given) return views.filter(({ id }) => id !== sent)
  const known = views.find(({ id }) => id === given.id)
  return [...views.filter(({ id }) => id !== given.id), known ? newer(known, given) : given]
}

/** The modal on top of the person's stack. What was typed stays where a new version has the same fields. */
export function Modal({ view, depth, ui }: { view: SandboxView; depth: number; ui: Ui }) {
  const [values, setValues] = useState<Values>(typed.get(view.id) ?? {})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  const [asked, setAsked] = useState<{ question: Confirm; go: () => void } | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const { title, submit, close, blocks } = view.view as Record<string, unknown>

  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null
    const first = box.current?.querySelector<HTMLElement>('.modal-b input, .modal-b textarea, .modal-b .sel')
    ;(first ?? box.current?.querySelector<HTMLElement>('.modal-f .pri, .modal-f button'))?.focus()
    return () => before?.isConnected && before.focus()
  }, [view.id])
  // What had the focus may be gone from the new version: keys would go nowhere.
  useEffect(() => {
    if (!box.current?.contains(document.activeElement))
      box.current?.querySelector<HTMLElement>('.modal-f .pri:enabled, .modal-f button:enabled')?.focus()
  }, [view.view])
  useEffect(() => {
    const [first] = Object.keys(errors)
    if (first) document.getElementById(`f-${first}`)?.focus()
  }, [errors])

  const surface: Surface = {
    ui,
    source: { kind: 'view', view_id: view.id },
    values,
    setValue: (block, action, value) =>
      setValues((now) => {
        const next = { ...now, [block]: { ...now[block], [action]: value } }
        typed.set(view.id, next)
        return next
      }),
    errors,
    confirm: (question, go) => setAsked({ question, go }),
  }
  const leave = () => {
    ui.store.set({ views: ui.store.model.views.filter((each) => each.id !== view.id) })
    void ui.act(() => ui.api.closeView(view.id))
  }
  const send = async () => {
    if (isSending) return
    setErrors({})
    setProblem(null)
    setSending(true)
    try {
      const result = await ui.api.submit(view.id, values)
      if (result.errors) {
        const told = Object.entries(result.errors).map(([field, problem]) => [field, inLanguage(problem, ui)])
        setErrors(Object.fromEntries(told))
      } else {
        ui.store.set({ views: result.clear ? [] : viewsAfter(ui.store.model.views, view.id, result.view) })
      }
    } catch (error) {
      setProblem(ui.reason(error))
    }
    setSending(false)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) leave()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit) void send()
    else if (event.key === 'Tab') return keepInside(event, box.current)
    else return
    event.preventDefault()
  }
  // While a form is sent its button is disabled and takes the focus with it: keys that nobody has are the form's.
  useLayoutEffect(() => {
    const onStray = (event: KeyboardEvent) => {
      if (event.target === document.body && asked === null) onKey(event)
    }
    addEventListener('keydown', onStray)
    return () => removeEventListener('keydown', onStray)
  })
  const isDeep = depth > 1
  return html`<div class="scrim"><div class="modal" role="dialog" aria-modal="true" aria-labelledby="mt" ref=${box} onKeyDown=${onKey}>
    <div class="modal-h">${isDeep ? html`<button type="button" class="ib" aria-label=${ui.t('back')} onClick=${leave}>${icon('arrow-left')}</button>` : html`<span class="av av24 nox" aria-hidden="true">${icon('moon', 'i14')}</span>`}<h2 id="mt" class="grow">${textOf(title)}</h2>
      <button type="button" class="ib" aria-label=${ui.t('close')} onClick=${leave}>${icon('x')}</button></div>
    <div class="modal-b">${problem && html`<div class="alert bad" role="alert">${icon('circle-alert')}<p>${problem}</p></div>`}${blocksView(blocks as Block[], surface)}</div>
    <div class="modal-f"><button type="button" class="b lg" disabled=${isSending} onClick=${leave}>${textOf(close) || ui.t('cancel')}</button>
      ${submit !== undefined && submit !== null && html`<button type="button" class=${isSending ? 'b lg pri load' : 'b lg pri'} disabled=${isSending} aria-busy=${isSending} onClick=${send}>${isSending && icon('loader-circle', 'spin')}${textOf(submit)}</button>`}</div>
    ${asked && html`<${ConfirmDialog} question=${asked.question} onClose=${() => setAsked(null)} onConfirm=${asked.go} />`}
  </div></div>`
}
