import { describe, expect, it } from 'vitest'
import { people, societeX } from '../helpers/sandbox.ts'
import { sandboxPage } from '../helpers/sandbox-page.ts'

const { alice, bob } = people

describe('the language of the page, in a real browser', { retry: 1 }, () => {
  const nox = sandboxPage({ locale: 'en-GB' })
  const main = (fits: RegExp) => expect.poll(() => nox.page.locator('main').textContent()).toMatch(fits)
  const press = (name: string) => nox.page.getByRole('button', { name, exact: true }).click()
  const change = (now: string) =>
    nox.page.getByRole('button', { name: new RegExp(`^(Language|Langue).*${now}`) }).click()
  const formOf = async (button: string, fits: RegExp) => {
    await press(button)
    const dialog = nox.page.getByRole('dialog')
    await expect.poll(() => dialog.textContent()).toMatch(fits)
    await dialog
      .getByRole('button', { name: /^(Close|Fermer)$/ })
      .first()
      .click()
    await dialog.waitFor({ state: 'detached' })
  }

  it('is that of the browser at first, and App Home’s with it', async () => {
    await nox.open(`${societeX}/${alice}/C0DEVOPS`)
    await nox.openNox()
    await main(/Hello Alice/)
    await press('Team')
    await formOf('Invite', /Of your Slack workspace/)
  })

  it('changes App Home and forms at once, for who looks', async () => {
    await change('EN')
    await main(/Bonjour Alice/)
    await press('Équipe')
    await formOf('Inviter', /votre espace Slack/)
    await change('FR')
    await main(/Hello Alice/)
    expect(nox.sandbox.slack.home(bob)).toBeUndefined()
  })

  it('is that of whoever one becomes', async () => {
    await change('EN')
    await main(/Bonjour Alice/)
    await nox.page.evaluate((place) => (location.hash = place), `#${societeX}/${bob}/C0DEVOPS`)
    await nox.page.getByRole('button', { name: /Vous êtes Bob/ }).waitFor()
    await nox.openNox()
    await main(/Bonjour Bob/)
    await change('FR')
    await main(/Hello Bob/)
    expect(nox.complaints).toEqual([])
  })
})
