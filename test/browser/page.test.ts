import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, openBrowser } from '../helpers/browser.ts'
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

describe('the sandbox in a real browser', () => {
  let sandbox: TestSandbox
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    sandbox = await startTestSandbox(undefined, 20)
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR' })
    complaints = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  const address = (hash = '') => `${sandbox.url.replace('localhost', '127.0.0.1')}/${hash}`
  const write = async (text: string) => {
    const field = page.locator('main textarea')
    await field.fill(text)
    await field.press('Enter')
  }
  const thread = () => page.getByRole('complementary', { name: 'Fil' })

  it('deploys for Bob and shows the end in the thread', async () => {
    await page.goto(address())
    await write('@NOX déploie user-api branche feature/auth en staging')
    await thread().getByText('Déployé', { exact: false }).waitFor()
    expect(
      await thread()
        .getByRole('button', { name: /Voir les logs/ })
        .count(),
    ).toBe(1)
  })

  it('asks for approval as Bob, approves as Carol, with a question before', async () => {
    await write('@NOX déploie user-api v2.4.0 en production')
    await thread()
      .getByRole('button', { name: /Demander une validation/ })
      .click()
    await thread().getByText('Validation demandée').waitFor()
    const { hash } = new URL(page.url())
    await page.goto(address(hash.replace('U0BOB', 'U0CAROL')))
    await thread()
      .getByRole('button', { name: /Approuver/ })
      .click()
    const question = page.getByRole('alertdialog')
    await question.getByRole('button', { name: 'Approuver' }).click()
    await thread()
      .getByText(/Déployé/)
      .waitFor()
  })

  it('shows Home to an admin, and a form with its errors', async () => {
    await page.goto(address('#T0SOCIETEX/U0ALICE/C0DEVOPS'))
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await page.getByText('Bonjour Alice Martin').waitFor()
    // It begins at the top of its window.
    const tabs = await page.getByRole('button', { name: 'Accueil' }).boundingBox()
    expect(tabs?.y).toBeLessThan(220)
    await page.getByRole('button', { name: 'Intégrations' }).click()
    await page.getByRole('button', { name: 'Connecter un cluster' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Nom').fill('pas un nom !')
    await dialog.getByRole('button', { name: 'Tester' }).click()
    await dialog.getByRole('alert').first().waitFor()
    expect(await dialog.getByRole('alert').count()).toBeGreaterThanOrEqual(1)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('connects a cluster, and tells what came of a real test', async () => {
    const { port } = new URL(sandbox.url)
    await page.getByRole('button', { name: 'Connecter un cluster' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Nom').fill('dev-2')
    await dialog.getByLabel('Environnements').click()
    await dialog.getByRole('option', { name: 'staging' }).click()
    await dialog.getByLabel('Serveur').fill(`http://127.0.0.1:${port}/sandbox/clusters/T0SOCIETEX/dev-1`)
    await dialog.getByLabel('Token').fill('sandbox-dev-1')
    await dialog.getByRole('button', { name: 'Tester' }).click()
    await dialog.getByText(/est connecté, Kubernetes v1/).waitFor()
    await dialog.getByRole('button', { name: 'Fermer' }).first().click()
    await page.getByText('dev-2').waitFor()
  })

  it('suggests what to say in the direct messages with NOX', async () => {
    await page.goto(address('#T0SOCIETEX/U0BOB/C0DEVOPS'))
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await page.getByRole('tab', { name: 'Messages' }).click()
    const prompts = page.getByRole('main').locator('.prompts').getByRole('button')
    await prompts.first().waitFor()
    const before = sandbox.slack.messages(sandbox.slack.directMessages('T0SOCIETEX', 'U0BOB')).length
    await prompts.first().click()
    await expect
      .poll(() => sandbox.slack.messages(sandbox.slack.directMessages('T0SOCIETEX', 'U0BOB')).length)
      .toBeGreaterThan(before)
  })

  it('fits a phone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(address('#T0SOCIETEX/U0BOB/C0DEVOPS'))
    await page.getByText('@NOX').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })

  it('never broke its own policy, nor said a word to the console', () => {
    expect(complaints).toEqual([])
  })
})
