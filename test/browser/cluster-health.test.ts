import { describe, expect, it } from 'vitest'
import { people, societeX } from '../helpers/sandbox.ts'
import { sandboxPage } from '../helpers/sandbox-page.ts'

const { bob, carol } = people

describe('a cluster that does not answer, in a real browser', { retry: 1 }, () => {
  const nox = sandboxPage()
  const line = (fits: RegExp) => expect.poll(() => nox.page.locator('main').textContent()).toMatch(fits)
  const openTab = async (user: string, tab: string, lang = 'fr') => {
    await nox.page.evaluate((chosen) => localStorage.setItem('nox-lang', chosen), lang)
    await nox.open(`${societeX}/${user}/C0DEVOPS`)
    await nox.openNox()
    await nox.page.getByRole('button', { name: tab, exact: true }).click()
    await nox.page.getByRole('button', { name: `▸ ${tab}` }).waitFor()
  }

  it('stands in App Home in each person’s language after an order met it, and is tried by a press', async () => {
    await nox.open()
    const cluster = nox.sandbox.clusters.get(`${societeX} dev-1`)
    cluster?.cutOff(true)
    await nox.sandbox.answer(nox.sandbox.say(bob, '@NOX status user-api en staging').ts, /❌/)
    const { catalogue, installations } = nox.sandbox.nox.storage
    const tenantId = (await installations.tenantOf(societeX)) ?? ''
    const failing = async () => (await catalogue.clusters(tenantId)).find(({ name }) => name === 'dev-1')?.failingFor
    await expect.poll(failing, { timeout: 8_000 }).toBe('silent')
    await openTab(carol, 'Integrations', 'en')
    await line(/dev-1 · .* · Not answering/)
    await nox.look('cluster-health-en')
    await openTab('U0ALICE', 'Intégrations')
    await line(/dev-1 · .* · Ne répond plus/)
    await nox.look('cluster-health-fr')
    const test = async (fits: RegExp) => {
      await nox.page.locator('main').getByRole('button', { name: 'Plus d’actions' }).first().click()
      await nox.page.getByRole('option', { name: 'Tester' }).click()
      const dialog = nox.page.getByRole('dialog')
      await expect.poll(() => dialog.textContent()).toMatch(fits)
      await nox.look('cluster-test')
      await dialog.getByRole('button', { name: 'Fermer' }).first().click()
      await dialog.waitFor({ state: 'detached' })
    }
    await test(/ne va pas bien.*ne répond pas/)
    cluster?.cutOff(false)
    await test(/est connecté/)
    await line(/dev-1 · .* · Connecté, vérifié/)
  })
})
