import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../helpers/browser.ts'
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe('journeys in the sandbox', { retry: 1 }, () => {
  let sandbox: TestSandbox
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []

  const watch = (each: Page) => {
    each.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    each.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
    })
    each.on('pageerror', (error) => complaints.push(error.message))
  }
  beforeAll(async () => {
    sandbox = await startTestSandbox(undefined, 20, false, { alerts: true })
    browser = await openBrowser()
    // The policy of the page lets no script in from elsewhere: axe comes in past it.
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR', bypassCSP: true })
    page = await context.newPage()
    watch(page)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  const open = async (hash: string, on = page) => {
    await on.goto('about:blank')
    await on.goto(`${sandbox.url.replace('localhost', '127.0.0.1')}/#${hash}`)
    await on.getByRole('main').getByRole('textbox').or(on.getByRole('tablist')).first().waitFor()
  }
  const field = () => page.locator('main textarea')
  const thread = (on = page) => on.getByRole('complementary', { name: 'Fil' })
  const serious = async () => {
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      const { violations } = await (
        window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
      ).axe.run()
      return violations
    })
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  }
  interface Violation {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { readonly html: string }[]
  }

  it('lets a schedule made by words fire', async () => {
    await open('T0SOCIETEX/U0BOB/C0DEVOPS')
    await field().fill('@NOX toutes les minutes status user-api en staging')
    await field().press('Enter')
    await thread()
      .getByText(/Planifié #/)
      .waitFor()
    await thread()
      .getByText(/Prochaines fois/)
      .waitFor()
    // Its minute comes sooner than a person would wait for it: the schedule is set to the one that has begun.
    const { storage } = sandbox.nox
    const tenantId = (await storage.installations.tenantOf('T0SOCIETEX')) ?? ''
    const [schedule] = await storage.schedules.list(tenantId, { ownerId: 'U0BOB', states: ['active'], limit: 1 })
    const begun = Math.floor(Date.now() / 60_000) * 60_000
    await storage.schedules.setTimes(tenantId, schedule?.id ?? '', { timeZone: 'Europe/Paris', nextDueAt: begun })
    await thread()
      .getByText(new RegExp(`planification #${schedule?.number}`))
      .first()
      .waitFor({ timeout: 15_000 })
    await thread()
      .getByRole('button', { name: `Annuler #${schedule?.number}` })
      .click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Arrêter' }).click()
    await thread()
      .getByText(/Planification annulée/)
      .waitFor()
  })

  it('declares an incident, takes it, and resolves it with its timeline', async () => {
    await open('T0SOCIETEX/U0BOB/C0DEVOPS')
    await field().fill('@NOX déclare un incident sev1 service user-api paiement en panne')
    await field().press('Enter')
    await thread()
      .getByText(/INC-\d+ · sev1/)
      .first()
      .waitFor()
    await thread()
      .getByText(/OPS-\d+/)
      .first()
      .waitFor()
    await thread().getByRole('button', { name: 'Prendre en charge' }).click()
    await thread()
      .getByText(/pris en charge/)
      .first()
      .waitFor()
    await thread().getByRole('button', { name: 'Résoudre' }).last().click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Résoudre' }).click()
    await thread()
      .getByText(/Résolu/)
      .first()
      .waitFor()
    await thread()
      .getByText(/INC-\d+\.md/)
      .first()
      .waitFor()
  })

  it('is worked by the keyboard alone: completion, sending, the thread, and back', async () => {
    await open('T0SOCIETEX/U0BOB/C0DEVOPS')
    await field().focus()
    await page.keyboard.type('@no')
    await page.getByRole('option', { name: /NOX/ }).waitFor()
    await page.keyboard.press('Tab')
    await expect.poll(() => field().inputValue()).toBe('@NOX ')
    await page.keyboard.type('whoami')
    await page.keyboard.press('Shift+Enter')
    await expect.poll(() => field().inputValue()).toBe('@NOX whoami\n')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Enter')
    await thread().getByText('Bob Dupont').first().waitFor()
    await page.keyboard.press('Escape')
    await thread().waitFor({ state: 'detached' })
    await field().focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => field().inputValue()).toBe('@NOX whoami')
    await field().fill('')
    await page.keyboard.type('see #inc')
    await page.keyboard.press('Enter')
    await expect.poll(() => field().inputValue()).toBe('see #incidents ')
    await field().fill('')
  })

  it('goes to a channel, a person and a workspace by name', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('incid')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'incidents' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('hugo')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Hugo Roche' }).waitFor()
    await page.keyboard.type('')
    await field().fill('tu regardes search ?')
    await field().press('Enter')
    await page.getByRole('log').getByText('tu regardes search ?').waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('freelance')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'clients' }).waitFor()
  })

  it('shows direct messages of several people, where NOX answers who names it', async () => {
    await open('T0SOCIETEX/U0BOB/C0DEVOPS')
    await page.getByRole('button', { name: 'Nouveau message' }).click()
    const dialog = page.getByRole('dialog', { name: 'Nouveau message' })
    await dialog.getByLabel('À', { exact: true }).click()
    for (const name of ['Carol Nguyen', 'NOX']) await dialog.getByRole('option', { name }).click()
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Ouvrir' }).click()
    const conversations = page.getByRole('navigation', { name: 'Conversations' })
    await page.getByRole('heading', { name: 'Carol Nguyen, NOX' }).waitFor()
    await conversations.getByRole('button', { name: 'Carol Nguyen, NOX' }).waitFor()
    await field().fill('@NOX status user-api en staging')
    await field().press('Enter')
    await thread()
      .getByText(/user-api/)
      .nth(1)
      .waitFor()
  })

  it('has menus that a screen reader can use', async () => {
    await open('T0SOCIETEX/U0HUGO/C0DEVOPS')
    for (const [opener, menu] of [
      ['Vous êtes Hugo', 'Voir l’espace en tant que'],
      ['Société X', 'Espaces de travail'],
    ] as const) {
      await page.getByRole('button', { name: opener }).first().click()
      await page.getByRole('menu', { name: menu }).waitFor()
      expect(await serious()).toEqual([])
      await page.keyboard.press('Escape')
    }
  })

  it('marks what Hugo has not read', async () => {
    await open('T0SOCIETEX/U0HUGO/C0DEVOPS')
    const direct = page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: /Bob Dupont/ })
    await expect.poll(() => direct.textContent()).toMatch(/1$/)
    await direct.click()
    await page.getByRole('separator').getByText('Nouveau').waitFor()
  })

  it('installs NOX into a new workspace by consent, and NOX answers there', async () => {
    await page.getByRole('button', { name: 'Installer NOX dans un nouvel espace' }).click()
    await page.getByLabel('Nom de l’espace').fill('Atelier Nord')
    await page.getByRole('button', { name: 'Créer' }).click()
    await page.getByText('NOX n’est pas installé dans Atelier Nord.').waitFor()
    const link = await page.getByRole('main').getByRole('link', { name: 'Installer NOX' }).getAttribute('href')
    const before = page.url()
    await page.goto(String(link))
    await page.getByRole('link').first().click()
    await expect.poll(() => page.getByRole('combobox').inputValue()).toMatch(/^T0000/)
    await page.getByRole('button', { name: 'Autoriser' }).click()
    await page.getByText('Atelier Nord').waitFor()
    await page.goto(before)
    await field().waitFor()
    await field().fill('@NOX whoami')
    await field().press('Enter')
    await thread().getByText('Sam Rivera').nth(1).waitFor()
  })

  it('shows every request, what came back, and what NOX logged for it', async () => {
    await open('T0SOCIETEX/U0BOB/C0DEVOPS')
    await page.getByRole('button', { name: 'Inspecteur' }).click()
    await field().fill('@NOX status cluster kubernetes')
    await field().press('Enter')
    await thread().getByText('prod-1').first().waitFor()
    const inspector = page.getByRole('region', { name: 'Inspecteur' })
    await inspector.getByRole('button', { name: /Vers NOX/ }).click()
    await inspector
      .getByRole('row', { name: /app_mention/ })
      .last()
      .click()
    await inspector.getByRole('tab', { name: /Journal de NOX/ }).click()
    await inspector.getByText('an order was taken').waitFor()
    await inspector.getByRole('tab', { name: 'Requête' }).click()
    await inspector
      .getByRole('treeitem', { name: /type: "event_callback"/ })
      .first()
      .waitFor()
    await inspector.getByRole('button', { name: /Clusters/ }).click()
    await inspector
      .getByRole('row', { name: /GET .*nodes/ })
      .last()
      .click()
    await inspector.getByRole('button', { name: 'app_mention', exact: true }).click()
    await expect.poll(() => inspector.getByRole('row', { selected: true }).textContent()).toContain('app_mention')
    expect(await serious()).toEqual([])
    await inspector.getByRole('button', { name: 'Fermer' }).click()
  })

  it('gives the whole of a long output as a file', async () => {
    await field().fill('@NOX affiche logs du service user-api')
    await field().press('Enter')
    const link = thread().getByRole('link', { name: /Télécharger user-api-production\.log/ })
    await link.waitFor()
    const { body, type } = await page.evaluate(
      async (href) => {
        const response = await fetch(href)
        return { body: await response.text(), type: response.headers.get('content-disposition') }
      },
      String(await link.getAttribute('href')),
    )
    expect(type).toContain('attachment')
    expect(body.split('\n').length).toBeGreaterThan(50)
  })

  it('breaks Slack by a switch, and repairs it', async () => {
    await page.getByRole('button', { name: 'Casser' }).click()
    const panel = page.getByRole('dialog', { name: 'Casser' })
    await panel.getByRole('switch', { name: /429/ }).click()
    await panel.getByText('1 panne active').waitFor()
    expect(sandbox.slack.faults.list()).toMatchObject([{ kind: 'rate-limit', method: 'chat.*', times: 5 }])
    await panel.getByRole('button', { name: 'Planter' }).click()
    await panel.getByText('user-api plante.').waitFor()
    await panel.getByRole('button', { name: 'Envoyer' }).click()
    await panel.getByText('Alerte envoyée pour user-api.').waitFor()
    expect(await serious()).toEqual([])
    await panel.getByRole('button', { name: 'Tout réparer' }).click()
    await panel.getByText('Tout est réparé.').waitFor()
    expect(sandbox.slack.faults.list()).toEqual([])
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  it('lets a second person approve in a second window, and the first sees it happen', async () => {
    const carol = await context.newPage()
    watch(carol)
    await field().fill('@NOX déploie web v2.4.0 en production')
    await field().press('Enter')
    await thread()
      .getByRole('button', { name: /Demander une validation/ })
      .click()
    await thread().getByText('Validation demandée').waitFor()
    await open(new URL(page.url()).hash.slice(1).replace('U0BOB', 'U0CAROL'), carol)
    await thread(carol)
      .getByRole('button', { name: /Approuver/ })
      .click()
    await carol.getByRole('alertdialog').getByRole('button', { name: 'Approuver' }).click()
    await thread(page)
      .getByText(/Déployé/)
      .waitFor()
    expect(
      await page
        .getByRole('complementary', { name: 'Fil' })
        .getByText(/Carol Nguyen/)
        .count(),
    ).toBeGreaterThan(0)
  })

  it('tells the second of two admins that App Home was changed meanwhile, and shows the new state', async () => {
    const { members, installations } = sandbox.nox.storage
    const tenantId = (await installations.tenantOf('T0SOCIETEX')) ?? ''
    const [alice, hugo] = await Promise.all(['U0ALICE', 'U0HUGO'].map((id) => members.findBySlackId(tenantId, id)))
    if (!alice || !hugo) throw new Error('Alice or Hugo is no member')
    const { id, slackUserId, name } = hugo
    await members.update({ ...alice, id, slackUserId, name })
    sandbox.nox.services.knowledge.drop(tenantId)
    const other = await context.newPage()
    watch(other)
    const edit = async (on: Page, user: string) => {
      await open(`T0SOCIETEX/${user}/${sandbox.slack.directMessages('T0SOCIETEX', user)}`, on)
      await on.getByRole('button', { name: 'Équipe', exact: true }).click()
      const emma = on.locator('main .with-accessory').filter({ hasText: 'Emma Leroy' })
      await emma.getByRole('button', { name: 'Plus d’actions' }).click()
      await on.getByRole('option', { name: 'Limites' }).click()
      const form = on.getByRole('dialog')
      await form.getByLabel('Actions par jour').waitFor()
      return form
    }
    const first = await edit(page, 'U0ALICE')
    const second = await edit(other, 'U0HUGO')
    await first.getByLabel('Actions par jour').fill('41')
    await second.getByLabel('Actions par jour').fill('12')
    await first.getByRole('button', { name: 'Enregistrer' }).click()
    await first.waitFor({ state: 'detached' })
    await second.getByRole('button', { name: 'Enregistrer' }).click()
    await second.getByText(/Alice Martin a modifié ceci/).waitFor()
    await expect.poll(() => second.getByLabel('Actions par jour').inputValue()).toBe('41')
    // What lies behind the form is drawn anew as well, and what was typed on the old state was not stored.
    const emma = other.locator('main .with-accessory').filter({ hasText: 'Emma Leroy' })
    await emma.getByText(/41\sactions\spar\sjour/).waitFor()
    await second.getByLabel('Actions par jour').fill('43')
    await second.getByRole('button', { name: 'Enregistrer' }).click()
    await second.waitFor({ state: 'detached' })
    await emma.getByText(/43\sactions\spar\sjour/).waitFor()
    expect((await members.findBySlackId(tenantId, 'U0EMMA'))?.maxActionsPerDay).toBe(43)
    await other.close()
    await open('T0SOCIETEX/U0BOB/C0DEVOPS')
  })

  it('speaks English, in the dark', async () => {
    await page.getByRole('button', { name: /Langue/ }).click()
    await page.getByRole('button', { name: /Theme/ }).click()
    await page.getByRole('button', { name: /Theme/ }).click()
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.getByRole('button', { name: 'You are Bob' }).waitFor()
    expect(await serious()).toEqual([])
  })

  it.each([
    ['a channel', 'T0SOCIETEX/U0BOB/C0DEVOPS', 1440],
    ['a channel on a tablet', 'T0SOCIETEX/U0BOB/C0DEVOPS', 1024],
    ['a channel on a phone', 'T0SOCIETEX/U0BOB/C0DEVOPS', 390],
  ])('has nothing seriously in the way in %s', async (_, hash, width) => {
    await page.setViewportSize({ width, height: 900 })
    await open(hash)
    await page.getByRole('article').first().waitFor()
    expect(await serious()).toEqual([])
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })

  it('keeps its controls within reach on a phone', async () => {
    await page.getByRole('main').getByRole('button', { name: 'Sandbox controls' }).click()
    const sheet = page.getByRole('dialog', { name: 'Sandbox controls' })
    await sheet.getByRole('button', { name: 'Break things' }).click()
    const panel = page.getByRole('dialog', { name: 'Break things' })
    await panel.getByRole('switch', { name: /slow/ }).click()
    await panel.getByText('1 fault active').waitFor()
    await panel.getByRole('button', { name: 'Repair everything' }).click()
    await panel.getByText('Everything is repaired.').waitFor()
    await panel.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('main').getByRole('button', { name: 'Sandbox controls' }).click()
    await sheet.getByRole('button', { name: 'Inspector' }).click()
    const inspector = page.getByRole('region', { name: 'Inspector' })
    await inspector.getByRole('row').last().click()
    await inspector.getByRole('button', { name: 'Back' }).click()
    await inspector.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('main').getByRole('button', { name: 'Sandbox controls' }).click()
    await sheet.getByRole('menuitemradio', { name: /Carol/ }).click()
    await sheet.waitFor({ state: 'detached' })
    expect(new URL(page.url()).hash).toContain('U0CAROL')
    await page.getByRole('button', { name: 'Back' }).first().click()
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'general' }).click()
    await page.getByRole('heading', { name: 'general' }).waitFor()
  })

  it('never said a word to the console', () => {
    expect(complaints).toEqual([])
  })
})
