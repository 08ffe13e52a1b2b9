import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { people, societeX } from '../helpers/sandbox.ts'
import { sandboxPage } from '../helpers/sandbox-page.ts'

const { alice, bob, carol } = people

describe('the audit log and the figures in a real browser', { retry: 1 }, () => {
  const nox = sandboxPage({ speed: 50 })

  const main = () => nox.page.locator('main')
  const sees = (fits: RegExp) => expect.poll(() => main().innerText(), { timeout: 15_000 }).toMatch(fits)
  const openNox = async () => {
    await nox.page.goto('about:blank')
    await nox.page.goto(`${nox.local}/#${societeX}/${alice}/C0DEVOPS`)
    await nox.page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
  }
  const openTab = async (name: string) => {
    await nox.page.getByRole('tab', { name: 'Accueil' }).click()
    await nox.page.getByRole('button', { name, exact: true }).click()
    await nox.page.getByRole('button', { name: `▸ ${name}` }).waitFor()
  }
  const filter = async (menu: string, typed: string, option: RegExp) => {
    await main().getByRole('button', { name: menu, exact: true }).click()
    await nox.page.getByRole('combobox').fill(typed)
    await nox.page.getByRole('option', { name: option }).first().click()
  }
  /** Presses a button of the Audit tab; gives what NOX says in its modal. */
  const asks = async (button: Locator) => {
    await button.click()
    return nox.page.getByRole('dialog')
  }
  const exportAs = async (format: 'CSV' | 'JSON Lines') => {
    const dialog = await asks(main().getByRole('button', { name: `Exporter en ${format}` }))
    await dialog
      .getByText(/Le fichier arrive|Export de l’audit/)
      .first()
      .waitFor()
    await nox.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    const name = format === 'CSV' ? /audit-[\d-]+\.csv/ : /audit-[\d-]+\.jsonl/
    await nox.sandbox.slack.waitForMessage(
      (each) =>
        each.channel === nox.sandbox.slack.directMessages(societeX, alice) &&
        name.test(JSON.stringify(nox.sandbox.slack.apiMessage(each).files)),
      15_000,
    )
  }
  /** The lines of the file in the nth of NOX’s messages about exports. */
  const download = async (nth: number, ending: string) => {
    await main()
      .getByRole('article')
      .filter({ hasText: 'Export de l’audit' })
      .nth(nth)
      .getByRole('button', { name: /1 réponse/ })
      .click()
    const link = nox.page.getByRole('link', { name: new RegExp(`Télécharger audit-.*\\.${ending}`) })
    await link.waitFor()
    const [file] = await Promise.all([nox.page.waitForEvent('download'), link.click()])
    return (await readFile(await file.path(), 'utf8')).trimEnd().split(/\r?\n/)
  }

  it('reads the audit log, filters it, opens a record with its proof, exports it, and verifies the chain', {
    timeout: 90_000,
  }, async () => {
    const { ts: look1 } = nox.sandbox.say(bob, '@NOX logs de user-api en staging')
    await nox.sandbox.answer(look1, /Logs/)
    const { ts: refused } = nox.sandbox.say(bob, '@NOX déploie user-api v2.4.0 en production')
    await nox.sandbox.answer(refused, /Refusé/)
    const { ts } = nox.sandbox.say(carol, '@NOX déploie user-api v2.4.0 en production')
    await nox.sandbox.answer(ts, /Déployé/)

    await openNox()
    await openTab('Audit')
    await sees(/Toutes les actions/)
    await sees(/Carol Nguyen/)
    await nox.look('audit')
    await filter('Personne', 'bob', /Bob Dupont/)
    await expect.poll(() => main().innerText()).not.toMatch(/Carol Nguyen/)
    await filter('Résultat', 'refus', /refus/)
    await expect.poll(() => main().innerText()).not.toMatch(/lire les logs/)
    await sees(/refusé.*déployer/)

    const dialog = await asks(main().getByRole('button', { name: 'Détail' }).first())
    await dialog.getByText(/L’empreinte est celle du texte et de l’entrée d’avant/).waitFor()
    await expect.poll(() => dialog.innerText()).toMatch(/Empreinte\s:\s[0-9a-f]{64}/)
    await nox.look('audit-record')
    await nox.page.keyboard.press('Escape')

    await exportAs('CSV')
    await exportAs('JSON Lines')
    const verified = await asks(main().getByRole('button', { name: 'Vérifier la chaîne' }))
    await verified.getByText(/Chaîne intacte\s:\s+\d+\s+entrées/).waitFor()
    await nox.page.keyboard.press('Escape')

    await nox.page.getByRole('tab', { name: 'Messages' }).click()
    const rows = await download(0, 'csv')
    expect(rows[0]).toMatch(/^\ufeff?N°;Date \(/)
    expect(rows.slice(1)).toHaveLength(1)
    expect(rows[1]).toMatch(new RegExp(`;Bob Dupont;${bob};[^;]*;refusé;deploy;production;`))
    const lines = (await download(1, 'jsonl')).map((line) => JSON.parse(line) as { text: string; hash: string })
    expect(lines.map(({ text }) => JSON.parse(text))).toMatchObject([
      { actor: bob, command: 'deploy', result: 'refused' },
    ])
    expect(rows[1]).toContain(lines[0]?.hash)
  })

  it('shows the figures with their charts', { timeout: 60_000 }, async () => {
    await openNox()
    await openTab('Analytics')
    await sees(/\d+\s+actions en\s+30\s+jours/)
    await sees(/1\s+en\s+30\s+jours/)
    const charts = main().getByRole('img', { name: /par jour\. / })
    await expect.poll(() => charts.count(), { timeout: 15_000 }).toBeGreaterThan(1)
    const shown = async () =>
      charts.evaluateAll((images) =>
        images.map((image) => ({
          alt: image.getAttribute('alt') ?? '',
          width: (image as HTMLImageElement).naturalWidth,
        })),
      )
    await expect.poll(async () => (await shown()).every(({ width }) => width > 100)).toBe(true)
    expect((await shown()).map(({ alt }) => alt).join('\n')).toMatch(/Actions par jour\. Réussies\s: \d+ au total/)
    await nox.look('analytics')
  })

  it('never said a word to the console', () => {
    expect(nox.complaints).toEqual([])
  })
})
