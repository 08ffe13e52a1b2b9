import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, openBrowser } from '../helpers/browser.ts'
import { people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

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

  it('begins with a company: its kind, a checklist that ticks itself, a letter, and the person who follows it', {
    timeout: 60_000,
  }, async () => {
    const address = await install('Atelier Sud')
    const team = address.split('/')[0] ?? ''
    await openHome(address)
    await pick(page.getByLabel('Pour qui'), 'Une entreprise')
    await pick(page.getByLabel('Langue', { exact: true }), 'Français')
    await page.getByRole('button', { name: 'Commencer' }).click()
    await sees(/Mise en route.*À faire\s: connecter un cluster.*À faire\s: inviter l’équipe/s)
    await sees(/À faire\s: choisir qui déploie où.*À faire\s: lancer NOX dans un canal/s)
    const tenantId = (await sandbox.nox.storage.installations.tenantOf(team)) ?? ''
    expect(await sandbox.nox.storage.tenants.find(tenantId)).toMatchObject({
      kind: 'company',
      language: 'fr',
      timeZone: 'Europe/Paris',
    })

    await page.getByRole('button', { name: 'Équipe', exact: true }).click()
    await page.getByRole('button', { name: 'Inviter', exact: true }).click()
    const form = page.getByRole('dialog')
    const noa = 'noa@atelier-sud.example'
    await form.getByLabel('Adresses e-mail').fill(noa)
    await form.getByRole('button', { name: 'Inviter', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    await sees(/1\sinvitation\sen\sattente/)
    await sandbox.mail.waitForLetter(({ to }) => to.includes(noa))
    await page.goto(`${sandbox.url}/inbox`)
    await page
      .getByText(/Sam Rivera/)
      .first()
      .click()
    const link = page.frameLocator('iframe').first().getByRole('link', { name: 'Voir l’invitation' })
    await page.goto(String(await link.getAttribute('href')))
    await page.getByText('Rejoindre l’équipe Atelier Sud').first().waitFor()
    await page.getByRole('link', { name: 'Se connecter avec Slack' }).click()
    await page.getByLabel('Se connecter en tant que').selectOption({ label: 'Atelier Sud · Noa Weber' })
    await page.getByRole('button', { name: 'Autoriser' }).click()
    await page.getByText('Bienvenue dans l’équipe Atelier Sud').first().waitFor()

    await openHome(address)
    await sees(/Fait\s: inviter l’équipe/)
    await page.getByRole('button', { name: 'Équipe', exact: true }).click()
    await sees(/Noa Weber/)
    await goTo(address)
    await order('@NOX mes droits')
    await thread()
      .getByText(/Sam Rivera/)
      .nth(1)
      .waitFor()
    await openHome(address)
    await sees(/Fait\s: lancer NOX/)
  })

  it('builds zones from a preset whose preview says who gains and loses; production is then refused, and approved', {
    timeout: 60_000,
  }, async () => {
    const { storage, services } = sandbox.nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    for (const zone of await storage.zones.list(tenantId)) {
      const group = zone.name === 'production' ? 'developers' : 'seniors'
      const grants = [{ group, requirement: { kind: 'nothing' } as const }]
      if (/^(production|staging)/.test(zone.name)) await storage.zones.save({ ...zone, grants })
    }
    services.knowledge.drop(tenantId)
    await openHome(`${societeX}/${people.alice}/C0DEVOPS`)
    await page.getByRole('button', { name: 'Permissions', exact: true }).click()
    await page.getByRole('button', { name: 'Modèles' }).click()
    const dialog = page.getByRole('dialog')
    await pick(dialog.getByLabel('Modèle', { exact: true }), 'De plus, développeurs en production avec une validation')
    await dialog.getByRole('button', { name: 'Aperçu' }).click()
    await dialog.getByText(/Gagne/).waitFor()
    const preview = await dialog.innerText()
    expect(preview).toMatch(/Perd\s: Bob Dupont.* · déployer en production \(désormais avec validation\)/s)
    expect(preview).toMatch(/Gagne\s: Bob Dupont.* · déployer en staging/s)
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await dialog.waitFor({ state: 'detached' })
    await sees(/developers avec 1\svalidation de seniors/)

    const ask = async () => {
      await goTo(`${societeX}/${people.bob}/C0DEVOPS`)
      await order('@NOX déploie web v2.4.0 en production')
      await thread()
        .getByRole('button', { name: /Demander une validation|Retirer/ })
        .first()
        .waitFor()
      return new URL(page.url()).hash.slice(1)
    }
    const decide = async (address: string, verb: 'Refuser' | 'Approuver') => {
      await goTo(address.replace(people.bob, people.carol))
      await thread()
        .getByRole('button', { name: new RegExp(verb) })
        .click()
      const asked = page.locator('[role=dialog], [role=alertdialog]')
      await asked.getByRole('button', { name: verb }).click()
    }
    const refused = await ask()
    await decide(refused, 'Refuser')
    await thread()
      .getByText(/Refusé/)
      .first()
      .waitFor()
    expect(await storage.audit.list(tenantId, { command: 'deploy', result: 'denied', limit: 1 })).toHaveLength(1)
    await decide(await ask(), 'Approuver')
    await thread()
      .getByText(/Déployé/)
      .first()
      .waitFor()
  })

  it('never said a word to the console', () => {
    expect(complaints).toEqual([])
  })
})
