import { useEffect, useState } from 'preact/hooks'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'

/** Shorter breaks are not worth a word, ms. */
const patienceMs = 2_000
/** Seconds between two looks at whether NOX is back. */
const between = 5

/** What stands above everything: NOX is away, or not installed. */
export function Banners({ ui }: { ui: Ui }) {
  const { model } = ui
  const { state } = model
  if (!state) return null
  const team = state.teams.find((each) => each.id === model.team)
  return html`
    ${!model.isUp && html`<${Away} ui=${ui} />`}
    ${!state.app.installed && html`<div class="banner" role="status">${icon('info')}<span class="grow">${ui.t('notInstalled', { team: team?.name ?? '' })}</span><a class="b pri" href=${state.install} target="_blank" rel="noopener">${ui.t('installShort')}</a></div>`}`
}

function Away({ ui }: { ui: Ui }) {
  const [left, setLeft] = useState(-patienceMs / 1_000)
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => (now === 0 ? between : now < 0 ? now + 1 : now - 1)), 1_000)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (left === between) void ui.reload()
  }, [left])
  if (left < 0) return null
  return html`<div class="banner" role="alert">${icon('circle-alert')}<span class="grow">${ui.t('retryIn', { n: left })}</span><button type="button" class="b" onClick=${() => ui.reload()}>${ui.t('retryNow')}</button></div>`
}
