import { html } from 'hono/html'
import type { Language } from '../../../domain/command-spec.ts'
import { page, sayIn } from './install-pages.ts'

/** Who invites whom into what, and the way to sign in. */
export function invitationPage(
  language: Language,
  about: { readonly person: string; readonly tenant: string; readonly email: string; readonly signInUrl: string },
): string {
  const say = sayIn(language)
  const { person, tenant, email } = about
  return page(
    language,
    say('invite.page.title', { tenant }),
    html`<p>${say('invite.page.lead', { person, tenant })}</p><p>${say('invite.mail.about')}</p><p>${say('invite.page.signIn', { email })}</p><a class="button" href="${about.signInUrl}">${say('invite.page.button')}</a>`,
  )
}

/** They belong to the team now. */
export function joinedPage(language: Language, tenant: string, homeUrl: string): string {
  const say = sayIn(language)
  return page(
    language,
    say('invite.page.joined', { tenant }),
    html`<p>${say('invite.page.next')}</p><a class="button" href="${homeUrl}">${say('install.done.open')}</a>`,
  )
}

export type InvitationProblem =
  | 'gone'
  | 'other-account'
  | 'outside'
  | 'withdrawn'
  | 'already'
  | 'full'
  | 'cancelled'
  | 'failed'

/** Why it did not work, and what to do. */
export function invitationProblemPage(language: Language, why: InvitationProblem): string {
  const say = sayIn(language)
  const title = why === 'already' ? say('invite.page.already') : say('invite.page.problem')
  return page(language, title, html`<p>${say(`invite.page.why.${why}`)}</p>`)
}
