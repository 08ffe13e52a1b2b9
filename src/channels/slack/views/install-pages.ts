import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { Language } from '../../../domain/command-spec.ts'
import type { TextKey } from '../../../texts/keys.ts'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'

const style = `
:root{color-scheme:light dark;--ink:#181c25;--ink2:#4a5161;--paper:#fff;--line:#e3e6ec;--accent:#2b50c8;--night:#0f1524;--moon:#f4c455}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaf0;--ink2:#b6bcc9;--paper:#151921;--line:#2a313d;--accent:#3f63dc}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;background:var(--night);color:var(--ink);font:15px/22px Inter,system-ui,sans-serif;display:grid;place-items:center;padding:20px}
main{background:var(--paper);max-width:520px;width:100%;border-radius:12px;padding:32px}
.moon{width:20px;height:20px;border-radius:50%;background:var(--moon);display:inline-block;vertical-align:-4px;margin-right:8px}
.brand{font-weight:650}h1{font-size:22px;line-height:28px;margin:20px 0 8px}p,li{color:var(--ink2)}ol{padding-left:20px}li{margin:8px 0}
a.button{display:inline-block;background:var(--accent);color:#fff;text-decoration:none;font-weight:550;padding:10px 16px;border-radius:6px;margin-top:16px}
a.button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
`

/** The policy that these pages are served with: their one style sheet, no script, nothing from elsewhere. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

type Markup = ReturnType<typeof html>

/** A whole page of an installation; texts are escaped, `body` is what was made with `html`. */
export function page(language: Language, title: string, body: Markup): string {
  return String(html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} · NOX</title><style>${raw(style)}</style></head>
<body><main><div class="brand"><span class="moon"></span>NOX</div><h1>${title}</h1>${body}</main></body>
</html>`)
}

/** A phrase in one language, as these pages have it. */
export const sayIn =
  (language: Language) =>
  (key: TextKey, params = {}) =>
    plainPhrase(phrase(key, params), language)

/** Before the install: what NOX does, what it reads, and the way to Slack's consent. */
export function installPage(language: Language, consentUrl: string): string {
  const say = sayIn(language)
  return page(
    language,
    say('install.title'),
    html`<p>${say('install.lead')}</p><p>${say('install.reads')}</p><a class="button" href="${consentUrl}">${say('install.button')}</a>`,
  )
}

/** After it: what to do next. */
export function installedPage(language: Language, workspace: string, homeUrl: string): string {
  const say = sayIn(language)
  return page(
    language,
    say('install.done.title', { workspace }),
    html`<p>${say('install.done.next')}</p>
<ol><li>${say('install.done.one')}</li><li>${say('install.done.two')}</li><li>${say('install.done.three')}</li></ol>
<a class="button" href="${homeUrl}">${say('install.done.open')}</a>`,
  )
}

export type InstallFailure = 'cancelled' | 'expired' | 'slack' | 'nox'

/** Where it did not work: why, and a new start. */
export function failedPage(language: Language, why: InstallFailure, installPath: string): string {
  const say = sayIn(language)
  return page(
    language,
    say('install.failed.title'),
    html`<p>${say(`install.failed.${why}`)}</p><a class="button" href="${installPath}">${say('install.again')}</a>`,
  )
}
