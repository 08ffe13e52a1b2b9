import type { Core } from '../core.ts'
import { allow, readAuthorization } from './oauth.ts'

/** How an installation ended, as the person's browser saw it. */
export interface InstallResult {
  readonly status: number
  /** The page, or the address that NOX sent the browser to. */
  readonly body: string
  readonly location: string | null
}

/**
 * Installs the app as a person's browser does: NOX's install page, consent, NOX's redirect URL, cookies kept.
 * @throws Error when NOX's install page leads to no consent page
 */
export async function installInto(
  core: Core,
  paths: { readonly install: string; readonly redirect: string },
  choice: { readonly teamId: string; readonly userId: string; readonly orgWide: boolean },
): Promise<InstallResult> {
  const page = await fetch(`${core.noxUrl}${paths.install}`, { redirect: 'manual' })
  const text = await page.text()
  const link = page.headers.get('location') ?? /href="([^"]*\/oauth\/v2\/authorize\?[^"]*)"/.exec(text)?.[1]
  if (!link) throw new Error(`${paths.install} answered ${page.status} without a link to the consent page`)
  const address = new URL(link.replaceAll('&amp;', '&'), core.noxUrl)
  const asked = readAuthorization(core, paths.redirect, address.searchParams)
  const cookies = page.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  const back = await fetch(allow(core, asked, choice), {
    redirect: 'manual',
    headers: { cookie: cookies.join('; ') },
  })
  return { status: back.status, body: await back.text(), location: back.headers.get('location') }
}
