import type { SandboxUser } from '../../client-api.ts'
import { initials } from './context.ts'
import { html, icon } from './html.ts'
import { emojiOf } from './text.ts'

/** Colours of people are set by script: the page's policy allows no style in markup. */
const paint = (color: string) => (element: HTMLElement | null) => element?.style.setProperty('background', color)

/** A person's tile, or NOX's moon; the emoji of a message that has one of its own. Pictures from elsewhere are not loaded. */
export function avatar(user: SandboxUser | undefined, size: 'sm' | 'lg' = 'lg', own?: string) {
  const className = size === 'sm' ? 'av av24' : 'av'
  const emoji = own?.startsWith(':') ? emojiOf(own.slice(1, -1)) : null
  if (user?.is_bot && emoji !== null) return html`<span class=${`${className} nox`} aria-hidden="true">${emoji}</span>`
  if (user?.is_bot)
    return html`<span class=${`${className} nox`} aria-hidden="true">${icon('moon', size === 'sm' ? 'i14' : 'i18')}</span>`
  return html`<span class=${`${className} swatch`} aria-hidden="true" ref=${paint(user?.color ?? '#4A5161')}>${initials(user?.real_name ?? '?')}</span>`
}
