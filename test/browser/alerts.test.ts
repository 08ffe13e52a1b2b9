import { createHash } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noAlertSettings } from '../../src/domain/alert.ts'
import { entry } from '../helpers/actions.ts'
import { complaintsOf, openBrowser } from '../helpers/browser.ts'
import { contentOf, people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const secret = 'an-unguessable-secret-of-this-address'
const title = 'CheckoutSlow'

describe('an alert in a real browser', { retry: 1 }, () => {
  let sandbox: TestSandbox
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: string[]
  let tenantId = ''

  const local = () => sandbox.url.replace('localhost', '127.0.0.1')
  beforeAll(async () => {
    sandbox = await startTestSandbox(undefined, 20)
    const { storage } = sandbox.nox
    tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    const secretHash = createHash('sha256').update(secret).digest('hex')
    const hook = { tenantId, source: 'alertmanager', secretHash, createdBy: people.alice, createdAt: 1 } as const
    await storage.alertHooks.save(hook, entry({}))
    const route = {
      id: 'R1',
      name: 'all',
      severities: [],
      services: [],
      environments: [],
      labels: {},
      hours: null,
      channel: 'C0DEVOPS',
      people: [],
      rota: null,
      escalateAfter: null,
      escalateTo: [],
    } as const
    const { version } = await storage.alertSettings.read(tenantId)
    await storage.alertSettings.save(tenantId, { ...noAlertSettings, routes: [route] }, version, entry({}))
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 1_000 }, locale: 'fr-FR' })
    page = await context.newPage()
    complaints = complaintsOf(page)
    await page.goto(`${local()}/#${societeX}/${people.bob}/C0DEVOPS`)
    await page.getByRole('main').getByRole('textbox').first().waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  const began = Date.now() - 60_000
  /** Alertmanager delivers; it repeats what still fires. */
  const deliver = async (summary: string) => {
    const alert = {
      status: 'firing',
      labels: { alertname: title, severity: 'critical', service: 'checkout', env: 'prod' },
      annotations: { summary },
      startsAt: new Date(began).toISOString(),
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'https://prometheus.example/graph',
    }
    const response = await fetch(`${local()}/hooks/${tenantId}/alertmanager/${secret}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version: '4', status: 'firing', alerts: [alert] }),
    })
    expect(response.status).toBe(202)
  }
  const told = () => sandbox.slack.messages('C0DEVOPS').filter((message) => contentOf(message).includes('Gravité'))
  const message = () => page.getByRole('log', { name: '#devops' }).getByRole('article').filter({ hasText: 'Gravité' })
  const thread = () => page.getByRole('complementary', { name: 'Fil' })
  const look = async (name: string) => {
    const folder = process.env.NOX_SCREENSHOTS
    if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
  }

  it('arrives at the address of its source, and is one message', async () => {
    await deliver('p95 à 2,1 s')
    await message().waitFor()
    await look('alert')
    expect(told()).toHaveLength(1)
  })

  it('comes again and is taken by Bob, all in the same message', async () => {
    await deliver('p95 à 3,4 s')
    await message().getByRole('button', { name: 'Prendre en charge' }).click()
    await message()
      .getByText(/Prise en charge par/)
      .waitFor()
    await message().getByText('p95 à 3,4 s').waitFor()
    await expect.poll(() => message().innerText()).toMatch(/Reçue\s+2\s+fois/)
    expect(told()).toHaveLength(1)
    await look('alert-taken')
    const [kept] = await sandbox.nox.storage.alerts.list(tenantId, {}, 10)
    expect(kept?.acknowledgedBy).toBe(people.bob)
  })

  it('becomes a ticket', async () => {
    // The message's own ⋯, before the one of Slack's toolbar.
    await message().getByRole('button', { name: 'Plus d’actions' }).first().click()
    await message().getByRole('option', { name: 'Créer un ticket' }).click()
    await message()
      .getByRole('button', { name: /réponse/ })
      .click()
    await thread().getByText('Ticket créé').waitFor()
    const tickets = [...sandbox.jira.world.issues.values()]
    expect(tickets.filter(({ summary }) => summary.includes(title))).toHaveLength(1)
    await look('alert-ticket')
  })

  it('becomes an incident, which is resolved', async () => {
    await message().getByRole('button', { name: 'Déclarer un incident' }).click()
    await thread()
      .getByText(/INC-\d+ · sev1/)
      .first()
      .waitFor()
    await look('alert-incident')
    await thread().getByRole('button', { name: 'Résoudre' }).last().click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Résoudre' }).click()
    await thread()
      .getByText(/Résolu/)
      .first()
      .waitFor()
  })

  it('ends as a page in Notion, which opens', async () => {
    await thread().getByRole('button', { name: 'Post-mortem : Notion' }).first().click()
    await thread()
      .getByText(/Post-mortem créé dans Notion/)
      .waitFor()
    await look('alert-postmortem')
    const opened = context.waitForEvent('page')
    await thread().getByRole('link', { name: 'Ouvrir la page' }).click()
    const notion = await opened
    await notion.getByRole('heading', { name: /Post-mortem INC-\d+/ }).waitFor()
    await notion.getByText(/Déclaré par/).waitFor()
    await notion.getByText(/Résolu par/).waitFor()
    const folder = process.env.NOX_SCREENSHOTS
    if (folder) await notion.screenshot({ path: `${folder}/alert-notion.png` })
  })

  it('never said a word to the console', () => {
    expect(complaints).toEqual([])
  })
})
