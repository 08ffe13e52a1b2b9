import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { people, societeX } from '../helpers/sandbox.ts'
import { sandboxPage } from '../helpers/sandbox-page.ts'

describe('first run in a real browser', { retry: 1 }, () => {
  const nox = sandboxPage()

  const main = () => nox.page.locator('main')
  const sees = (fits: RegExp) => expect.poll(() => main().innerText(), { timeout: 15_000 }).toMatch(fits)

  async function goTo(address: string): Promise<void> {
    await nox.page.goto('about:blank')
    await nox.page.goto(`${nox.local}/#${address}`)
    await nox.page.locator('main textarea').waitFor()
  }
  async function openHome(address: string): Promise<void> {
    await goTo(address)
    await nox.page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
  }
  async function order(text: string): Promise<void> {
    await nox.page.locator('main textarea').fill(text)
    await nox.page.locator('main textarea').press('Enter')
  }
  async function pick(field: Locator, name: string): Promise<void> {
    await field.click()
    await nox.page.getByRole('option', { name, exact: true }).click()
  }
  /** A workspace of one's own with NOX in it, by the install page and Slack's consent; gives its address in the nox.page. */
  async function install(name: string): Promise<string> {
    await nox.page.goto(nox.local)
    await nox.page.getByRole('button', { name: 'Installer NOX dans un nouvel espace' }).click()
    await nox.page.getByLabel('Nom de l’espace').fill(name)
    await nox.page.getByRole('button', { name: 'Créer' }).click()
    await nox.page.getByText(`NOX n’est pas installé dans ${name}.`).waitFor()
    const address = new URL(nox.page.url()).hash.slice(1)
    const link = await main().getByRole('link', { name: 'Installer NOX' }).getAttribute('href')
    await nox.page.goto(String(link))
    await nox.page.getByRole('link').first().click()
    await nox.page.getByRole('button', { name: 'Autoriser' }).click()
    await nox.page.getByText(name).waitFor()
    return address
  }

  it('asks a freelance for nothing that makes no sense alone', { timeout: 60_000 }, async () => {
    const address = await install('Studio Nord')
    await openHome(address)
    await pick(nox.page.getByLabel('Pour qui'), 'Moi, en freelance')
    await nox.page.getByRole('button', { name: 'Commencer' }).click()
    await sees(/Réglages/)
    await sees(/Mise en route.*À faire\s: connecter un cluster/s)
    const shown = await main().innerText()
    expect(shown).not.toMatch(/inviter l’équipe|choisir qui déploie où/)
    await expect.poll(() => nox.page.getByRole('button', { name: 'Invités', exact: true }).count()).toBe(1)
    await expect.poll(() => nox.page.getByRole('button', { name: 'Équipe', exact: true }).count()).toBe(0)
    await goTo(address)
    await order('@NOX mes droits')
    await nox.thread
      .getByText(/Sam Rivera/)
      .nth(1)
      .waitFor()
    await openHome(address)
    await sees(/Fait\s: lancer NOX/)
  })

  /** Home may be drawn anew at the moment of a press, which is then made again, as a person would. */
  async function openTab(name: string): Promise<void> {
    const opened = nox.page.getByRole('button', { name: `▸ ${name}` })
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await nox.page
        .getByRole('button', { name, exact: true })
        .click({ timeout: 4_000 })
        .catch(() => {})
      const isOpen = await opened.waitFor({ timeout: 4_000 }).then(
        () => true,
        () => false,
      )
      if (isOpen) return
    }
    await opened.waitFor()
  }

  it('begins with a company: its kind, a checklist that ticks itself, a letter, and the person who follows it', {
    timeout: 60_000,
  }, async () => {
    const address = await install('Atelier Sud')
    const team = address.split('/')[0] ?? ''
    await openHome(address)
    await pick(nox.page.getByLabel('Pour qui'), 'Une entreprise')
    await pick(nox.page.getByLabel('Langue', { exact: true }), 'Français')
    await nox.page.getByRole('button', { name: 'Commencer' }).click()
    await sees(/Mise en route.*À faire\s: connecter un cluster.*À faire\s: inviter l’équipe/s)
    await sees(/À faire\s: choisir qui déploie où.*À faire\s: lancer NOX dans un canal/s)
    const tenantId = (await nox.sandbox.nox.storage.installations.tenantOf(team)) ?? ''
    expect(await nox.sandbox.nox.storage.tenants.find(tenantId)).toMatchObject({
      kind: 'company',
      language: 'fr',
      timeZone: 'Europe/Paris',
    })

    await openTab('Équipe')
    await nox.page.getByRole('button', { name: 'Inviter', exact: true }).click()
    const form = nox.page.getByRole('dialog')
    const noa = 'noa@atelier-sud.example'
    await form.getByLabel('Adresses e-mail').fill(noa)
    await form.getByRole('button', { name: 'Inviter', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    await sees(/1\sinvitation\sen\sattente/)
    await nox.sandbox.mail.waitForLetter(({ to }) => to.includes(noa))
    await nox.page.goto(`${nox.sandbox.url}/inbox`)
    await nox.page
      .getByText(/Sam Rivera/)
      .first()
      .click()
    const link = nox.page.frameLocator('iframe').first().getByRole('link', { name: 'Voir l’invitation' })
    await nox.page.goto(String(await link.getAttribute('href')))
    await nox.page.getByText('Rejoindre l’équipe Atelier Sud').first().waitFor()
    await nox.page.getByRole('link', { name: 'Se connecter avec Slack' }).click()
    await nox.page.getByLabel('Se connecter en tant que').selectOption({ label: 'Atelier Sud · Noa Weber' })
    await nox.page.getByRole('button', { name: 'Autoriser' }).click()
    await nox.page.getByText('Bienvenue dans l’équipe Atelier Sud').first().waitFor()

    await openHome(address)
    await sees(/Fait\s: inviter l’équipe/)
    await nox.page.getByRole('button', { name: 'Équipe', exact: true }).click()
    await sees(/Noa Weber/)
    await goTo(address)
    await order('@NOX mes droits')
    await nox.thread
      .getByText(/Sam Rivera/)
      .nth(1)
      .waitFor()
    await openHome(address)
    await sees(/Fait\s: lancer NOX/)
  })

  it('builds zones from a preset whose preview says who gains and loses; production is then refused, and approved', {
    timeout: 60_000,
  }, async () => {
    const { storage, services } = nox.sandbox.nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    for (const zone of await storage.zones.list(tenantId)) {
      const group = zone.name === 'production' ? 'developers' : 'seniors'
      const grants = [{ group, requirement: { kind: 'nothing' } as const }]
      if (/^(production|staging)/.test(zone.name)) await storage.zones.save({ ...zone, grants })
    }
    services.knowledge.drop(tenantId)
    await openHome(`${societeX}/${people.alice}/C0DEVOPS`)
    await nox.page.getByRole('button', { name: 'Permissions', exact: true }).click()
    await nox.page.getByRole('button', { name: 'Modèles' }).click()
    const dialog = nox.page.getByRole('dialog')
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
      await nox.thread
        .getByRole('button', { name: /Demander une validation|Retirer/ })
        .first()
        .waitFor()
      return new URL(nox.page.url()).hash.slice(1)
    }
    const decide = async (address: string, verb: 'Refuser' | 'Approuver') => {
      await goTo(address.replace(people.bob, people.carol))
      await nox.thread.getByRole('button', { name: new RegExp(verb) }).click()
      const asked = nox.page.locator('[role=dialog], [role=alertdialog]')
      await asked.getByRole('button', { name: verb }).click()
    }
    const refused = await ask()
    await decide(refused, 'Refuser')
    await nox.thread
      .getByText(/Refusé/)
      .first()
      .waitFor()
    expect(await storage.audit.list(tenantId, { command: 'deploy', result: 'denied', limit: 1 })).toHaveLength(1)
    await decide(await ask(), 'Approuver')
    await nox.thread
      .getByText(/Déployé/)
      .first()
      .waitFor()
  })

  it('never said a word to the console', () => {
    expect(nox.complaints).toEqual([])
  })
})
