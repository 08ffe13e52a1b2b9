import { describe, expect, it } from 'vitest'
import { sandboxPage } from '../helpers/sandbox-page.ts'

describe('vendors in a real browser', { retry: 1 }, () => {
  const nox = sandboxPage()

  const address = (hash = '') => `${nox.local}/${hash}`

  it('shows one’s pull requests and the builds of a service', async () => {
    await nox.page.goto(address())
    await nox.write('@NOX mes prs')
    await nox.thread.getByRole('link', { name: /user-api#318/ }).waitFor()
    await nox.look('pulls')
    await nox.write('@NOX builds de user-api')
    await nox.thread.getByRole('button', { name: /Relancer/ }).waitFor()
    await nox.look('builds')
  })

  it('deploys through the workflow of a repository', async () => {
    const { storage, services } = nox.sandbox.nox
    const tenantId = (await storage.installations.tenantOf('T0SOCIETEX')) ?? ''
    const [service] = (await storage.catalogue.services(tenantId)).filter(({ name }) => name === 'checkout')
    if (!service) throw new Error('no checkout')
    await storage.catalogue.saveService({ ...service, workflow: 'deploy.yml' })
    services.knowledge.drop(tenantId)
    await nox.write('@NOX déploie checkout v2.4.0 en staging')
    await nox.thread.getByText(/Déployé/).waitFor()
    await expect.poll(() => nox.thread.getByRole('link', { name: /Deploy \d+/ }).count()).toBe(1)
    await nox.look('workflow')
  })

  it('makes a ticket, and shows it', async () => {
    await nox.write('@NOX crée un ticket bug : le login casse sur Safari')
    await nox.thread.getByText('Ticket créé').waitFor()
    await nox.look('ticket')
    await nox.write('@NOX mes tickets')
    await nox.thread.getByRole('link', { name: /OPS-118/ }).waitFor()
    await nox.look('tickets')
  })

  it('makes a ticket of somebody’s message, by its menu', async () => {
    nox.sandbox.say('U0CAROL', 'crée un ticket bug : les mails partent deux fois', { channel: 'C0DEVOPS' })
    const message = nox.page.getByRole('log').getByRole('article').filter({ hasText: 'les mails partent deux fois' })
    await message.hover()
    await message.getByRole('button', { name: 'Plus d’actions' }).click()
    await nox.page.getByRole('option', { name: 'Ask NOX about this' }).click()
    const answer = nox.page
      .getByRole('article')
      .filter({ hasText: /Ticket créé/ })
      .filter({ hasText: 'les mails partent' })
    await message.getByRole('button', { name: /réponse/ }).click()
    await nox.thread.getByText('Ticket créé').waitFor()
    await expect.poll(() => answer.count()).toBeGreaterThanOrEqual(1)
    const created = [...nox.sandbox.jira.world.issues.values()].find(({ summary }) =>
      summary.includes('les mails partent'),
    )
    expect([...(created?.links.values() ?? [])].map(({ url }) => url).join()).toMatch(/\/archives\/C0DEVOPS\/p\d+/)
    await nox.look('ticket-of-message')
  })

  it('shows a metric and a dashboard as pictures', async () => {
    const shown = (words: RegExp) =>
      nox.thread.getByRole('img', { name: words }).evaluate(async (image: HTMLImageElement) => {
        await image.decode()
        return image.naturalWidth
      })
    await nox.write('@NOX cpu de user-api en production')
    await expect.poll(() => shown(/CPU/)).toBeGreaterThan(400)
    await nox.look('metric')
    await nox.write('@NOX dashboard user-api')
    await expect.poll(() => shown(/panneau Requêtes/)).toBe(1_000)
    await nox.look('dashboard')
  })

  it('searches Notion', async () => {
    await nox.write('@NOX cherche runbook dans Notion')
    await nox.thread.getByRole('link', { name: /user-api ne répond plus/ }).waitFor()
    await nox.look('docs')
  })

  it('disconnects Jira and connects it again, from the form that its integration describes', async () => {
    await nox.page.goto(address('#T0SOCIETEX/U0ALICE/C0DEVOPS'))
    await nox.page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await nox.page.getByRole('button', { name: 'Intégrations' }).click()
    const row = () => nox.page.locator('main').getByText('Jira', { exact: true })
    await row().scrollIntoViewIfNeeded()
    await nox.look('home')
    await nox.sandbox.nox.storage.integrations.remove(
      (await nox.sandbox.nox.storage.installations.tenantOf('T0SOCIETEX')) ?? '',
      'jira',
    )
    nox.sandbox.nox.services.knowledge.drop((await nox.sandbox.nox.storage.installations.tenantOf('T0SOCIETEX')) ?? '')
    await nox.page.reload()
    await nox.page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await nox.page.getByRole('button', { name: 'Intégrations' }).click()
    await nox.page.getByRole('button', { name: 'Connecter Jira' }).click()
    const dialog = nox.page.getByRole('dialog')
    await nox.look('form')
    await dialog.getByLabel('Édition').click()
    await dialog.getByRole('option', { name: 'Jira Cloud' }).click()
    await dialog.getByLabel('Adresse').fill(`${nox.local}/sandbox/jira`)
    await dialog.getByLabel('E-mail du compte').fill('nox@societe-x.example')
    await dialog.getByLabel('Token').fill('sandbox-jira-token')
    await dialog.getByLabel('Projet par défaut').fill('OPS')
    await dialog.getByRole('button', { name: 'Tester' }).click()
    await dialog.getByText(/Jira\sest connecté/).waitFor()
    await nox.look('connected')
    await dialog.getByRole('button', { name: 'Fermer' }).first().click()
    await dialog.waitFor({ state: 'detached' })
  })

  it('says that a connection failed in the form that tried it, which the keyboard closes', async () => {
    await nox.open('T0SOCIETEX/U0ALICE/C0DEVOPS')
    await nox.openNox()
    await nox.page.getByRole('button', { name: 'Intégrations', exact: true }).click()
    await nox.page.getByRole('button', { name: 'Connecter Datadog' }).click()
    const form = nox.page.getByRole('dialog')
    await form.getByText('NOX lit alertes, tableaux de bord et métriques').waitFor()
    await form.getByLabel('Site').fill('http://127.0.0.1:1')
    await form.getByLabel('Clé API').fill('a-key')
    await form.getByLabel('Clé d’application').fill('another-key')
    await form.getByRole('button', { name: 'Tester' }).click()
    await form.getByText('Datadog n’a pas été connecté').waitFor()
    await expect.poll(() => form.evaluate((each) => each.contains(document.activeElement))).toBe(true)
    await nox.page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
  })

  it('never broke its own policy, nor said a word to the console', () => {
    expect(nox.complaints).toEqual([])
  })
})
