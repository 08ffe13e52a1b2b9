import { useEffect } from 'preact/hooks'
import { type Ui, userOf } from './context.ts'
import { html, icon } from './html.ts'
import type { Model } from './model.ts'
import { tourSteps as steps } from './tour-steps.ts'
import { typeIntoComposer } from './type-now.ts'

export const stepCount = steps.length

function stepOf({ tour, team }: Model) {
  return tour === null || team !== 'T0SOCIETEX' ? undefined : steps[tour]
}

/** Whether the current step has happened: its words were said, by anybody, in the channel. */
function isDone(model: Model, says: string, since: string): boolean {
  const said = says.replace('@NOX ', '')
  return Object.values(model.messages.C0DEVOPS ?? {}).some(({ text, ts }) => text.includes(said) && ts > since)
}

/** Types for people, as the person whose step it is. */
function play(ui: Ui): void {
  const step = stepOf(ui.model)
  if (!step) return
  if (ui.model.user !== step.user) location.hash = `#${ui.model.team}/${step.user}/C0DEVOPS`
  else ui.open('C0DEVOPS', null)
  setTimeout(() => typeIntoComposer(step.says), 400)
}

/** A card that types for people; it covers nothing. */
export function Tour({ ui }: { ui: Ui }) {
  const { tour, lang } = ui.model
  const step = stepOf(ui.model)
  useEffect(() => {
    if (step) sessionStorage.setItem(`nox-step-${tour}`, String(Date.now() / 1000))
  }, [tour])
  const done = step !== undefined && isDone(ui.model, step.says, sessionStorage.getItem(`nox-step-${tour}`) ?? '9')
  if (tour === null || !step) return null
  const [title, text] = step[lang]
  const on = () => ui.setTour(tour + 1 < steps.length ? tour + 1 : null)
  return html`<section class="tour" aria-label=${ui.t('tour')}>
    <div class="tour-h"><span>${ui.t('step', { n: tour + 1, total: steps.length })}</span><button type="button" class="ib" aria-label=${ui.t('closeTour')} onClick=${() => ui.setTour(null)}>${icon('x')}</button></div>
    <h3>${title}</h3><p>${text}</p>
    <div class="segs" aria-hidden="true">${steps.map((_, index) => html`<i class=${index <= tour ? 'on' : ''}></i>`)}</div>
    <div class="tour-f">${
      done
        ? html`<button type="button" class="btn-moon" onClick=${on}>${ui.t(tour + 1 < steps.length ? 'nextStep' : 'endTour')}</button><span class="tour-ok" role="status">${icon('circle-check')}${ui.t('stepDone')}</span>`
        : html`<button type="button" class="btn-moon" onClick=${() => play(ui)}>${ui.t('typeIt')}</button><button type="button" class="btn-ghost" onClick=${on}>${ui.t('skip')}</button>`
    }</div>
  </section>`
}

/** On a phone: one line under the composer. */
export function TourBar({ ui }: { ui: Ui }) {
  const { tour, lang } = ui.model
  const step = stepOf(ui.model)
  if (tour === null || !step) return null
  const who = userOf(ui.model, step.user)?.real_name.split(' ')[0] ?? ''
  return html`<div class="tourbar phone-flex"><span class="grow trunc">${tour + 1}/${steps.length} · ${step[lang][0]}${step.user === ui.model.user ? '' : ` (${who})`}</span>
    <button type="button" class="btn-moon" onClick=${() => play(ui)}>${ui.t('typeIt')}</button>
    <button type="button" class="ib" aria-label=${ui.t('skip')} onClick=${() => ui.setTour(tour + 1 < steps.length ? tour + 1 : null)}>${icon('chevron-right')}</button></div>`
}

/** The yellow pin on what the current step is about; readers do without it. */
export function pinOf(ui: Ui): number | null {
  return stepOf(ui.model) && ui.model.channel === 'C0DEVOPS' && ui.model.tour !== null ? ui.model.tour + 1 : null
}
