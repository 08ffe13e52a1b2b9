import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { complaintsOf, openBrowser } from './browser.ts'
import { startTestSandbox, type TestSandbox } from './sandbox.ts'

interface Options {
  /** How many times as fast as real ones the clusters are. */
  readonly speed?: number
  readonly alerts?: boolean
  readonly height?: number
  readonly locale?: string
  /** Lets scripts in from elsewhere, as axe is one. */
  readonly bypassCSP?: boolean
}

interface Opened {
  readonly sandbox: TestSandbox
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: string[]
}

/** One sandbox with its page in a real browser, for all tests of a suite. */
export interface SandboxPage extends Opened {
  /** `http://127.0.0.1:…`, without a slash at the end. */
  readonly local: string
  /** The thread beside the channel. */
  readonly thread: Locator
  /** Loads the page anew at `team/user/channel[/thread]`, or where it opens by itself. */
  open(place?: string): Promise<void>
  /** Goes to NOX's own place by the sidebar. */
  openNox(): Promise<void>
  /** Writes into the channel. */
  write(text: string): Promise<void>
  /** A picture in the folder `NOX_SCREENSHOTS`, where one is named. */
  look(name: string, of?: Page, isWhole?: boolean): Promise<void>
}

/** Starts before the first test of the suite that it is called in, and stops after the last. */
export function sandboxPage(options: Options = {}): SandboxPage {
  const { speed = 20, alerts = false, height = 1_000, locale = 'fr-FR', bypassCSP = false } = options
  let opened: Opened | undefined
  const now = (): Opened => {
    if (!opened) throw new Error('the sandbox has not started')
    return opened
  }
  const local = () => now().sandbox.url.replace('localhost', '127.0.0.1')
  const field = () => now().page.locator('main textarea')

  beforeAll(async () => {
    const sandbox = await startTestSandbox(undefined, speed, false, { alerts })
    const browser = await openBrowser()
    const context = await browser.newContext({ viewport: { width: 1440, height }, locale, bypassCSP })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    opened = { sandbox, browser, context, page, complaints: complaintsOf(page) }
  })
  afterAll(async () => {
    await opened?.browser.close()
    await opened?.sandbox.stop()
  })

  return {
    get sandbox() {
      return now().sandbox
    },
    get browser() {
      return now().browser
    },
    get context() {
      return now().context
    },
    get page() {
      return now().page
    },
    get complaints() {
      return now().complaints
    },
    get local() {
      return local()
    },
    get thread() {
      return now().page.getByRole('complementary', { name: /^(Fil|Thread)$/ })
    },
    async open(place) {
      const { page } = now()
      await page.goto('about:blank')
      await page.goto(`${local()}/${place === undefined ? '' : `#${place}`}`)
      await field().or(page.getByRole('tablist')).first().waitFor()
    },
    async openNox() {
      await now().page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    },
    async write(text) {
      await field().fill(text)
      await field().press('Enter')
    },
    async look(name, of = now().page, isWhole = false) {
      const folder = process.env.NOX_SCREENSHOTS
      if (folder) await of.screenshot({ path: `${folder}/${name}.png`, fullPage: isWhole })
    },
  }
}
