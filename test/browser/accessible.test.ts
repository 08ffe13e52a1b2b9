import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { people, societeX } from '../helpers/sandbox.ts'
import { sandboxPage } from '../helpers/sandbox-page.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Found {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

describe('every screen of the sandbox, by axe and by keyboard', { retry: 1 }, () => {
  const nox = sandboxPage({ bypassCSP: true })
  const { bob, alice } = people
  const channel = `${societeX}/${bob}/C0DEVOPS`
  const bar = (name: string) => nox.page.getByRole('banner').getByRole('button', { name })
  const dialog = () => nox.page.getByRole('dialog')

  /** What axe finds in a part of the page by these rules, as it is now, of what keeps somebody out. */
  async function found(part: string, rules: readonly string[] = []): Promise<string[]> {
    await nox.page.evaluate(axe)
    const look = async ([where, only]: readonly [string, readonly string[]]) => {
      const { axe } = window as unknown as { axe: { run(part: string, how: object): Promise<{ violations: Found[] }> } }
      return (await axe.run(where, only.length > 0 ? { runOnly: only } : {})).violations
    }
    const all = await nox.page.evaluate(look, [part, rules] as const)
    return all
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  }
  /** In the light by all rules; in the dark by those of colour, which alone differ there. */
  async function expectNothing(part = 'html'): Promise<void> {
    const paint = async (theme: 'light' | 'dark') => {
      await nox.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await nox.page.evaluate((name) => {
        if (document.documentElement.dataset.theme) document.documentElement.dataset.theme = name
      }, theme)
    }
    await paint('light')
    expect(await found(part)).toEqual([])
    await paint('dark')
    expect(await found(part, ['color-contrast', 'link-in-text-block'])).toEqual([])
  }

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'a thread with buttons, code and a file',
      'html',
      async () => {
        await nox.open(channel)
        await nox.write('@NOX affiche logs du service user-api')
        await nox.thread.getByRole('link', { name: /Télécharger/ }).waitFor()
      },
    ],
    [
      'a refusal',
      '.thread',
      () =>
        nox
          .write('@NOX déploie user-api v2.4.0 en production')
          .then(() => nox.thread.getByText('Peuvent valider').waitFor()),
    ],
    ['the people', '.bar', () => bar('Vous êtes Bob').click()],
    ['what is simulated', '.bar', () => bar('Simulé').click()],
    ['going to', '.bar', () => bar('Aller à…').click()],
    ['the panel of faults', '.bar', () => bar('Casser').click()],
    [
      'the inspector',
      '.dock',
      async () => {
        await nox.page.keyboard.press('Escape')
        await bar('Inspecteur').click()
        await nox.page.locator('.reqs tbody tr').last().click()
        await nox.page.getByRole('tab', { name: /Réponse/ }).waitFor()
      },
    ],
    [
      'emoji',
      'main',
      async () => {
        await bar('Inspecteur').click()
        await nox.page.getByRole('main').getByRole('button', { name: 'Emoji', exact: true }).click()
      },
    ],
    [
      'completion',
      'main',
      async () => {
        await nox.page.keyboard.press('Escape')
        await nox.page.locator('main textarea').fill('@')
        await nox.page.getByRole('option', { name: /Alice/ }).waitFor()
      },
    ],
    [
      'a new workspace',
      '.modal',
      () => nox.page.getByRole('button', { name: 'Installer NOX dans un nouvel espace' }).click(),
    ],
  ])('%s', async (_, part, show) => {
    await show()
    await expectNothing(part)
  })

  it('each tab of App Home, a form with its errors, a menu in it', { timeout: 60_000 }, async () => {
    await nox.open(`${societeX}/${alice}/C0DEVOPS`)
    await nox.openNox()
    const tab = nox.page.locator('.homev .actions').first().getByRole('button')
    await tab.nth(6).waitFor()
    const names = (await tab.allInnerTexts()).map((name) => name.replace('▸ ', ''))
    expect(names.length).toBeGreaterThan(6)
    for (const name of names) {
      await nox.page
        .locator('.homev')
        .getByRole('button', { name, exact: true })
        .or(tab.getByText(`▸ ${name}`))
        .first()
        .click()
      await nox.page.getByRole('button', { name: `▸ ${name}` }).waitFor()
      await expectNothing('main')
    }
    await nox.page.locator('.homev').getByRole('button', { name: 'Intégrations', exact: true }).click()
    await nox.page.getByRole('button', { name: 'Connecter un cluster' }).click()
    await dialog().getByRole('button', { name: 'Tester' }).click()
    await dialog().getByRole('alert').first().waitFor()
    await expectNothing('.modal')
    await dialog().getByLabel('Environnements').click()
    await dialog().getByRole('option', { name: 'staging' }).waitFor()
    await expectNothing('.modal')
    for (const _ of ['the menu', 'the form']) await nox.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })

  it.each([
    ['the inbox', '/inbox'],
    ['Teams', '/sandbox/teams'],
    ['the install page', '/slack/install'],
  ])('%s', async (_, path) => {
    await nox.page.goto(`${nox.local}${path}`)
    await expectNothing()
  })

  it('consent', async () => {
    await nox.page.getByRole('link').first().click()
    await nox.page.getByRole('combobox').waitFor()
    await expectNothing()
  })

  it('the pages of Stripe', async () => {
    await nox.open(`${societeX}/${alice}/C0DEVOPS`)
    await nox.openNox()
    await nox.page.locator('.homev').getByRole('button', { name: 'Facturation', exact: true }).click()
    await nox.page.getByRole('button', { name: 'Factures et adresse' }).click()
    const link = nox.page.getByRole('link', { name: 'Continuer chez Stripe' })
    const address = String(await link.getAttribute('href'))
    await nox.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await nox.page.goto(address)
    await expectNothing()
  })

  describe('by the keyboard alone', () => {
    const press = async (...keys: string[]) => {
      for (const key of keys) await nox.page.keyboard.press(key)
    }
    /** What has the focus, by its name. */
    const focused = () =>
      nox.page.evaluate(() => {
        const at = document.activeElement as HTMLElement
        return at === document.body ? 'nothing' : (at.getAttribute('aria-label') ?? at.innerText)
      })
    const focuses = (name: string | RegExp) => expect.poll(focused).toMatch(name)

    it('goes through the regions, and from tab to tab', async () => {
      await nox.open(`${societeX}/${alice}/C0DEVOPS`)
      await press('F6', 'F6', 'F6')
      await focuses('devops')
      await press('F6')
      await focuses('Message dans #devops')
      await nox.openNox()
      await nox.page.getByRole('tab', { name: 'Accueil' }).waitFor()
      await press('F6')
      await focuses('Accueil')
      await press('ArrowRight')
      await focuses('Messages')
      await press('End')
      await focuses('À propos')
      await press('Home')
      await nox.page.getByRole('button', { name: '▸ Accueil' }).waitFor()
      await press('Tab', 'Tab', 'Tab')
      // Slack may tell of the opened Home after the press: what is drawn for it comes last then, and one presses again.
      const isThere = async () => {
        await press('Enter')
        return nox.page.getByRole('button', { name: '▸ Intégrations' }).isVisible()
      }
      await expect.poll(isThere, { timeout: 20_000, interval: 1_000 }).toBe(true)
    })

    it('opens an overflow menu, asks, and comes back from the question', async () => {
      const more = nox.page.getByRole('button', { name: 'Plus d’actions' }).first()
      await more.focus()
      await press('Enter')
      await nox.page.getByRole('option', { name: 'Retirer' }).waitFor()
      await press('r', 'Enter')
      await dialog().getByText('Retirer dev-1').waitFor()
      await press('Escape')
      await dialog().waitFor({ state: 'detached' })
    })

    it('fills a form: errors in one’s language, a menu, and back to where it was opened', async () => {
      await nox.page.getByRole('button', { name: 'Connecter un cluster' }).focus()
      await press('Enter')
      await dialog().waitFor()
      await press('Control+Enter')
      await dialog().getByText('Remplissez ce champ.').first().waitFor()
      await press('Tab', 'Enter', 'ArrowDown', 'Enter', 'Escape')
      await dialog().getByRole('button', { name: 'Retirer staging' }).waitFor()
      await press('Escape')
      await dialog().waitFor({ state: 'detached' })
      await focuses('Connecter un cluster')
    })

    it.each([
      ['Casser', 'Fermer'],
      ['Vous êtes Alice', 'Alice Martin'],
      ['Simulé', 'Fermer'],
      ['Aller à…', 'Aller à…'],
    ])('opens “%s”, and is back where it was', async (opener, first) => {
      await bar(opener).focus()
      await press('Enter')
      await focuses(first)
      await press('Escape')
      await focuses(opener)
    })

    it('picks an emoji, and reads a request', async () => {
      await nox.open(channel)
      await nox.page.getByRole('main').getByRole('button', { name: 'Emoji', exact: true }).focus()
      await press('Enter', 'ArrowDown', 'ArrowRight', 'Enter')
      await expect.poll(() => nox.page.locator('main textarea').inputValue()).toMatch(/👎/u)
      await bar('Inspecteur').focus()
      await press('Enter')
      await nox.page.locator('.reqs tr[tabindex="0"]').focus()
      await press('ArrowUp', 'Tab', 'ArrowLeft')
      await focuses('Requête')
      await nox.page.getByRole('tree', { name: 'Requête' }).waitFor()
      // What caused the request stands before what it said, where something did.
      const role = () => nox.page.evaluate(() => document.activeElement?.getAttribute('role'))
      await press('Tab')
      if ((await role()) !== 'treeitem') await press('Tab')
      await expect.poll(() => role()).toBe('treeitem')
    })
  })
})
