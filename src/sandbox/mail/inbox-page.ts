import type { Letter } from './letter.ts'

const words = {
  en: {
    title: 'Inbox',
    hint: 'Every e-mail that NOX sent. Nothing leaves this computer.',
    none: 'No e-mail yet.',
    to: 'To',
  },
  fr: {
    title: 'Boîte mail',
    hint: 'Tous les e-mails que NOX a envoyés. Rien ne sort de cet ordinateur.',
    none: 'Aucun e-mail pour l’instant.',
    to: 'À',
  },
} as const

const style = `
:root{color-scheme:light dark}
body{margin:0;background:#F2F4F8;color:#181C25;font:15px/22px Inter,system-ui,sans-serif}
@media(prefers-color-scheme:dark){body{background:#0F1524;color:#E8EAF0}details{background:#151921!important}}
main{max-width:760px;margin:0 auto;padding:32px 16px}h1{font-size:20px;margin:0 0 4px}p{margin:0 0 16px}
details{background:#fff;border-radius:8px;margin-bottom:12px;padding:12px 16px}summary{cursor:pointer;overflow-wrap:anywhere}
small{display:block;opacity:.8}iframe{width:100%;height:420px;border:0;border-radius:6px;margin-top:12px;background:#fff}
summary:focus-visible{outline:2px solid #2B50C8;outline-offset:4px}`

/** No script at all; a letter has its own styles, and lives in a frame without rights. */
export const inboxPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'self'; form-action 'none'"

/** All letters, newest first and open. */
export function inboxPage(language: 'fr' | 'en', letters: readonly Letter[]): string {
  const { title, hint, none, to } = words[language]
  const list = [...letters].reverse().map(
    (letter, index) => `<details${index === 0 ? ' open' : ''}>
<summary><b>${escapeHtml(letter.subject)}</b><small>${to} ${escapeHtml(letter.to.join(', '))} · ${new Date(letter.at).toLocaleTimeString(language)}</small></summary>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="${escapeHtml(letter.subject)}" srcdoc="${escapeHtml(`<base target="_blank">${letter.html}`)}"></iframe></details>`,
  )
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · NOX</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p>${hint}</p>${list.join('\n') || `<p>${none}</p>`}</main></body></html>`
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
