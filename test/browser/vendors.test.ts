import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, openBrowser } from '../helpers/browser.ts'
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

describe('vendors in a real browser', () => {
  let sandbox: TestSandbox
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    sandbox = await startTestSandbox(undefined, 20)
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 1_000 }, locale: 'fr-FR' })
    complaints = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  const local = () => sandbox.url.replace('localhost', '127.0.0.1')
  const address = (hash = '') => `${local()}/${hash}`
  const write = async (text: string) => {
    const field = page.locator('main textarea')
    await field.fill(text)
    await field.press('Enter')
  }
  const thread = () => page.getByRole('complementary', { name: 'Fil' })
  const look = async (name: string) => {
    const folder = process.env.NOX_SCREENSHOTS
    if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
  }

  it('shows one’s pull requests and the builds of a service', async () => {
    await page.goto(address())
    await write('@NOX mes prs')
    await thread()
      .getByRole('link', { name: /user-api#318/ })
      .waitFor()
    await look('pulls')
    await write('@NOX builds de user-api')
    await thread()
      .getByRole('button', { name: /Relancer/ })
      .waitFor()
    await look('builds')
  })

  it('deploys through the workflow of a repository', async () => {
    const { storage, services } = sandbox.nox
    const tenantId = (await storage.installations.tenantOf('T0SOCIETEX')) ?? ''
    const [service] = (await storage.catalogue.services(tenantId)).filter(({ name }) => name === 'checkout')
    if (!service) throw new Error('no checkout')
    await storage.catalogue.saveService({ ...service, workflow: 'deploy.yml' })
    services.knowledge.drop(tenantId)
    await write('@NOX déploie checkout v2.4.0 en staging')
    await thread()
      .getByText(/Déployé/)
      .waitFor()
    expect(
      await thread()
        .getByRole('link', { name: /Deploy \d+/ })
        .count(),
    ).toBe(1)
    await look('workflow')
  })

  it('makes a ticket, and shows it', async () => {
    await write('@NOX crée un ticket bug : le login casse sur Safari')
    await thread().getByText('Ticket créé').waitFor()
    await look('ticket')
    await write('@NOX mes tickets')
    await thread()
      .getByRole('link', { name: /OPS-118/ })
      .waitFor()
    await look('tickets')
  })

  it('makes a ticket of somebody’s message, by its menu', async () => {
    sandbox.say('U0CAROL', 'crée un ticket bug : les mails partent deux fois', { channel: 'C0DEVOPS' })
    const message = page.getByRole('log').getByRole('article').filter({ hasText: 'les mails partent deux fois' })
    await message.hover()
    await message.getByRole('button', { name: 'Plus d’actions' }).click()
    await page.getByRole('option', { name: 'Ask NOX about this' }).click()
    const answer = page
      .getByRole('article')
      .filter({ hasText: /Ticket créé/ })
      .filter({ hasText: 'les mails partent' })
    await message.getByRole('button', { name: /réponse/ }).click()
    await thread().getByText('Ticket créé').waitFor()
    expect(await answer.count()).toBeGreaterThanOrEqual(1)
    const created = [...sandbox.jira.world.issues.values()].find(({ summary }) => summary.includes('les mails partent'))
    expect([...(created?.links.values() ?? [])].map(({ url }) => url).join()).toMatch(/\/archives\/C0DEVOPS\/p\d+/)
    await look('ticket-of-message')
  })

  it('shows a metric and a dashboard as pictures', async () => {
    const shown = (words: RegExp) =>
      thread()
        .getByRole('img', { name: words })
        .evaluate(async (image: HTMLImageElement) => {
          await image.decode()
          return image.naturalWidth
        })
    await write('@NOX cpu de user-api en production')
    expect(await shown(/CPU/)).toBeGreaterThan(400)
    await look('metric')
    await write('@NOX dashboard user-api')
    expect(await shown(/panneau Requêtes/)).toBe(1_000)
    await look('dashboard')
  })

  it('searches Notion', async () => {
    await write('@NOX cherche runbook dans Notion')
    await thread()
      .getByRole('link', { name: /user-api ne répond plus/ })
      .waitFor()
    await look('docs')
  })

  it('disconnects Jira and connects it again, from the form that its integration describes', async () => {
    await page.goto(address('#T0SOCIETEX/U0ALICE/C0DEVOPS'))
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await page.getByRole('button', { name: 'Intégrations' }).click()
    const row = () => page.locator('main').getByText('Jira', { exact: true })
    await row().scrollIntoViewIfNeeded()
    await look('home')
    await sandbox.nox.storage.integrations.remove(
      (await sandbox.nox.storage.installations.tenantOf('T0SOCIETEX')) ?? '',
      'jira',
    )
    sandbox.nox.services.knowledge.drop((await sandbox.nox.storage.installations.tenantOf('T0SOCIETEX')) ?? '')
    await page.reload()
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await page.getByRole('button', { name: 'Intégrations' }).click()
    await page.getByRole('button', { name: 'Connecter Jira' }).click()
    const dialog = page.getByRole('dialog')
    await look('form')
    await dialog.getByLabel('Édition').click()
    await dialog.getByRole('option', { name: 'Jira Cloud' }).click()
    await dialog.getByLabel('Adresse').fill(`${local()}/sandbox/jira`)
    await dialog.getByLabel('E-mail du compte').fill('nox@societe-x.example')
    await dialog.getByLabel('Token').fill('sandbox-jira-token')
    await dialog.getByLabel('Projet par défaut').fill('OPS')
    await dialog.getByRole('button', { name: 'Tester' }).click()
    await dialog.getByText(/Jira\sest connecté/).waitFor()
    await look('connected')
    await dialog.getByRole('button', { name: 'Fermer' }).first().click()
    await dialog.waitFor({ state: 'detached' })
  })

  it('never broke its own policy, nor said a word to the console', () => {
    expect(complaints).toEqual([])
  })
})
