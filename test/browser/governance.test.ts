import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, openBrowser } from '../helpers/browser.ts'
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

describe('first run in a real browser', () => {
  let sandbox: TestSandbox
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    sandbox = await startTestSandbox(undefined, 20)
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 1_000 }, locale: 'fr-FR' })
    page.setDefaultTimeout(15_000)
    complaints = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  const local = () => sandbox.url.replace('localhost', '127.0.0.1')
  const main = () => page.locator('main')
  const thread = () => page.getByRole('complementary', { name: 'Fil' })
  const sees = (fits: RegExp) => expect.poll(() => main().innerText(), { timeout: 15_000 }).toMatch(fits)

  async function goTo(address: string): Promise<void> {
    await page.goto('about:blank')
    await page.goto(`${local()}/#${address}`)
    await page.locator('main textarea').waitFor()
  }
  async function openHome(address: string): Promise<void> {
    await goTo(address)
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
  }
  async function order(text: string): Promise<void> {
    await page.locator('main textarea').fill(text)
    await page.locator('main textarea').press('Enter')
  }
  async function pick(field: Locator, name: string): Promise<void> {
    await field.click()
    await page.getByRole('option', { name, exact: true }).click()
  }
  /** A workspace of one's own with NOX in it, by the install page and Slack's consent; gives its address in the page. */
  async function install(name: string): Promise<string> {
    await page.goto(local())
    await page.getByRole('button', { name: 'Installer NOX dans un nouvel espace' }).click()
    await page.getByLabel('Nom de l’espace').fill(name)
    await page.getByRole('button', { name: 'Créer' }).click()
    await page.getByText(`NOX n’est pas installé dans ${name}.`).waitFor()
    const address = new URL(page.url()).hash.slice(1)
    const link = await main().getByRole('link', { name: 'Installer NOX' }).getAttribute('href')
    await page.goto(String(link))
    await page.getByRole('link').first().click()
    await page.getByRole('button', { name: 'Autoriser' }).click()
    await page.getByText(name).waitFor()
    return address
  }

  it('asks a freelance for nothing that makes no sense alone', { timeout: 60_000 }, async () => {
    const address = await install('Studio Nord')
    await openHome(address)
    await pick(page.getByLabel('Pour qui'), 'Moi, en freelance')
    await page.getByRole('button', { name: 'Commencer' }).click()
    await sees(/Réglages/)
    await sees(/Mise en route.*À faire\s: connecter un cluster/s)
    const shown = await main().innerText()
    expect(shown).not.toMatch(/inviter l’équipe|choisir qui déploie où/)
    expect(await page.getByRole('button', { name: 'Invités', exact: true }).count()).toBe(1)
    expect(await page.getByRole('button', { name: 'Équipe', exact: true }).count()).toBe(0)
    await goTo(address)
    await order('@NOX mes droits')
    await thread()
      .getByText(/Sam Rivera/)
      .nth(1)
      .waitFor()
    await openHome(address)
    await sees(/Fait\s: lancer NOX/)
  })

  it('never said a word to the console', () => {
    expect(complaints).toEqual([])
  })
})
