import type { Core } from '../core.ts'
import type { Authorization } from './oauth.ts'
import { escapeHtml } from './respond.ts'
import { scopeWords } from './scope-words.ts'

const words = {
  en: {
    title: 'is asking to be added to a workspace',
    simulated: 'Simulated: nothing leaves this computer.',
    signIn: 'wants to know who you are',
    signInAs: 'Sign in as',
    who: 'Install as',
    will: 'It will be able to:',
    whole: 'the whole organisation',
    allow: 'Allow',
    cancel: 'Cancel',
    failed: 'This link does not work',
  },
  fr: {
    title: 'demande à rejoindre un espace de travail',
    simulated: 'Simulé\u202f: rien ne sort de cet ordinateur.',
    signIn: 'veut savoir qui vous êtes',
    signInAs: 'Se connecter en tant que',
    who: 'Installer en tant que',
    will: 'L’application pourra\u202f:',
    whole: 'toute l’organisation',
    allow: 'Autoriser',
    cancel: 'Annuler',
    failed: 'Ce lien ne fonctionne pas',
  },
} as const

const style = `
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#0F1524;color:#181C25;font:15px/22px Inter,system-ui,sans-serif}
main{background:#fff;border-radius:12px;padding:32px;width:min(440px,calc(100vw - 64px))}
h1{font-size:18px;line-height:24px;margin:0 0 4px}p{margin:0 0 16px;color:#4A5161}
label{display:block;font-weight:650;margin-bottom:4px}ul{padding-left:20px;margin:4px 0 24px}li{margin-bottom:4px}li code{font:12px/16px ui-monospace,monospace;color:#626A7B;white-space:nowrap}
select{width:100%;font:inherit;padding:8px;border:1px solid #858D9D;border-radius:6px;margin-bottom:16px;background:#fff;color:inherit}
button{font:550 15px/22px Inter,system-ui,sans-serif;padding:8px 16px;border-radius:6px;border:1px solid #CBD0DA;background:#fff;color:inherit;cursor:pointer}
button[value=allow]{background:#2B50C8;border-color:#2B50C8;color:#fff}
:focus-visible{outline:2px solid #2B50C8;outline-offset:2px}`

function language(header: string | undefined): 'fr' | 'en' {
  return /^\s*fr/i.test(header ?? '') ? 'fr' : 'en'
}

function frame(lang: 'fr' | 'en', title: string, body: string): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`
}

/** What it may do, with the scope's own name small below where the words are others. */
function scopeLine(scope: string, lang: 'fr' | 'en'): string {
  const said = scopeWords(scope, lang)
  return said === scope ? `<code>${escapeHtml(scope)}</code>` : `${escapeHtml(said)} <code>${escapeHtml(scope)}</code>`
}

/** The page on which a person chooses the workspace and allows the app's scopes, or cancels. */
export function consentPage(core: Core, asked: Authorization, query: URLSearchParams, acceptLanguage?: string): string {
  const lang = language(acceptLanguage)
  const say = words[lang]
  const options: string[] = []
  const signsIn = asked.scopes.includes('openid')
  for (const team of core.world.teams.values()) {
    for (const user of core.world.usersOf(team.id)) {
      if (user.isBot || (user.isGuest && !signsIn)) continue
      const selected = team.id === asked.team && !options.some((each) => each.includes(' selected')) ? ' selected' : ''
      const name = `${team.name} · ${user.realName}`
      options.push(`<option value="${team.id} ${user.id}"${selected}>${escapeHtml(name)}</option>`)
      if (team.enterprise && user.isAdmin && !signsIn) {
        const whole = `${team.enterprise.name} (${say.whole}) · ${user.realName}`
        options.push(`<option value="${team.id} ${user.id} org">${escapeHtml(whole)}</option>`)
      }
    }
  }
  const name = escapeHtml(core.app.name)
  return frame(
    lang,
    `${core.app.name} ${signsIn ? say.signIn : say.title}`,
    `<h1>${name} ${escapeHtml(signsIn ? say.signIn : say.title)}</h1><p>${escapeHtml(say.simulated)}</p>
<form method="post" action="${signsIn ? '/openid/connect/authorize' : '/oauth/v2/authorize'}?${escapeHtml(query.toString())}">
<label for="as">${escapeHtml(signsIn ? say.signInAs : say.who)}</label><select id="as" name="as">${options.join('')}</select>
<div>${escapeHtml(say.will)}</div><ul>${asked.scopes.map((scope) => `<li>${scopeLine(scope, lang)}</li>`).join('')}</ul>
<button name="answer" value="allow">${escapeHtml(say.allow)}</button> <button name="answer" value="cancel">${escapeHtml(say.cancel)}</button>
</form>`,
  )
}

/** What a person sees who came with a broken link. */
export function failurePage(code: string, acceptLanguage?: string): string {
  const lang = language(acceptLanguage)
  return frame(
    lang,
    words[lang].failed,
    `<h1>${escapeHtml(words[lang].failed)}</h1><p><code>${escapeHtml(code)}</code></p>`,
  )
}
