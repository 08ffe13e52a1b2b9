import { describe, expect, it } from 'vitest'
import { sandboxPage } from '../helpers/sandbox-page.ts'

describe('the sandbox in a real browser', { retry: 1 }, () => {
  const nox = sandboxPage({ height: 900 })

  const address = (hash = '') => `${nox.local}/${hash}`

  it('deploys for Bob and shows the end in the thread', async () => {
    await nox.page.goto(address())
    await nox.write('@NOX déploie user-api branche feature/auth en staging')
    await nox.thread.getByText('Déployé', { exact: false }).waitFor()
    await expect.poll(() => nox.thread.getByRole('button', { name: /Voir les logs/ }).count()).toBe(1)
  })

  it('asks for approval as Bob, approves as Carol, with a question before', async () => {
    await nox.write('@NOX déploie user-api v2.4.0 en production')
    await nox.thread.getByRole('button', { name: /Demander une validation/ }).click()
    await nox.thread.getByText('Validation demandée').waitFor()
    const { hash } = new URL(nox.page.url())
    await nox.page.goto(address(hash.replace('U0BOB', 'U0CAROL')))
    await nox.thread.getByRole('button', { name: /Approuver/ }).click()
    const question = nox.page.getByRole('alertdialog')
    await question.getByRole('button', { name: 'Approuver' }).click()
    await nox.thread.getByText(/Déployé/).waitFor()
  })

  it('shows Home to an admin, and a form with its errors', async () => {
    await nox.page.goto(address('#T0SOCIETEX/U0ALICE/C0DEVOPS'))
    await nox.page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await nox.page.getByText('Bonjour Alice Martin').waitFor()
    // It begins at the top of its window.
    const tabs = await nox.page.getByRole('button', { name: 'Accueil' }).boundingBox()
    expect(tabs?.y).toBeLessThan(220)
    await nox.page.getByRole('button', { name: 'Intégrations' }).click()
    await nox.page.getByRole('button', { name: 'Connecter un cluster' }).click()
    const dialog = nox.page.getByRole('dialog')
    await dialog.getByLabel('Nom').fill('pas un nom !')
    await dialog.getByRole('button', { name: 'Tester' }).click()
    await dialog.getByRole('alert').first().waitFor()
    await expect.poll(() => dialog.getByRole('alert').count()).toBeGreaterThanOrEqual(1)
    await nox.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('connects a cluster, and tells what came of a real test', async () => {
    const { port } = new URL(nox.sandbox.url)
    await nox.page.getByRole('button', { name: 'Connecter un cluster' }).click()
    const dialog = nox.page.getByRole('dialog')
    await dialog.getByLabel('Nom').fill('dev-2')
    await dialog.getByLabel('Environnements').click()
    await dialog.getByRole('option', { name: 'staging' }).click()
    await dialog.getByLabel('Serveur').fill(`http://127.0.0.1:${port}/sandbox/clusters/T0SOCIETEX/dev-1`)
    await dialog.getByLabel('Token').fill('sandbox-dev-1')
    await dialog.getByRole('button', { name: 'Tester' }).click()
    await dialog.getByText(/est connecté, Kubernetes v1/).waitFor()
    await dialog.getByRole('button', { name: 'Fermer' }).first().click()
    await nox.page.getByText('dev-2').waitFor()
  })

  it('suggests what to say in the direct messages with NOX', async () => {
    await nox.page.goto(address('#T0SOCIETEX/U0BOB/C0DEVOPS'))
    await nox.page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await nox.page.getByRole('tab', { name: 'Messages' }).click()
    const prompts = nox.page.getByRole('main').locator('.prompts').getByRole('button')
    await prompts.first().waitFor()
    const before = nox.sandbox.slack.messages(nox.sandbox.slack.directMessages('T0SOCIETEX', 'U0BOB')).length
    await prompts.first().click()
    await expect
      .poll(() => nox.sandbox.slack.messages(nox.sandbox.slack.directMessages('T0SOCIETEX', 'U0BOB')).length)
      .toBeGreaterThan(before)
  })

  it('fits a phone without scrolling sideways', async () => {
    await nox.page.setViewportSize({ width: 390, height: 844 })
    await nox.page.goto(address('#T0SOCIETEX/U0BOB/C0DEVOPS'))
    await nox.page.getByText('@NOX').first().waitFor()
    await expect.poll(() => nox.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })

  it('shows a thread alone on a phone: nothing of the channel lies above it', async () => {
    nox.sandbox.say('U0BOB', '@NOX whoami')
    const replies = nox.page
      .getByRole('main')
      .getByRole('button', { name: /1 réponse/ })
      .last()
    await replies.click()
    await nox.thread.getByText('Bob Dupont').first().waitFor()
    const inFront = () =>
      nox.page.evaluate(() => {
        const [tools] = [...document.querySelectorAll('main .tools')].filter((each) => each.getClientRects().length > 0)
        const { left, top, width, height } = tools?.getBoundingClientRect() ?? new DOMRect()
        return document.elementFromPoint(left + width / 2, top + height / 2)?.closest('.thread') !== null
      })
    await expect.poll(inFront).toBe(true)
  })

  it('never broke its own policy, nor said a word to the console', () => {
    expect(nox.complaints).toEqual([])
  })
})
