import { describe, expect, it } from 'vitest'
import { sandboxPage } from '../helpers/sandbox-page.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('reports in a real browser', { retry: 1 }, () => {
  const nox = sandboxPage({ speed: 50 })

  it('makes the weekly report in Notion, with the numbers that the thread tells', async () => {
    await nox.page.goto(`${nox.local}/#T0SOCIETEX/U0ALICE/C0DEVOPS`)
    await nox.write('@NOX déploie user-api v2.4.0 en staging')
    await nox.thread
      .getByText(/Déployé/)
      .first()
      .waitFor()
    await nox.write('@NOX rapport hebdo en cours')
    await nox.thread
      .getByText(/1\sdéploiement, taux d’échec/)
      .first()
      .waitFor()
    const told = plain(await nox.thread.innerText())
    await nox.look('report-fr')
    await nox.write('@NOX créer rapport hebdo en cours dans Notion')
    const link = nox.thread.getByRole('link', { name: 'Ouvrir le rapport' })
    await link.waitFor()
    const sent = plain(await nox.thread.innerText())
    await nox.look('report-sent')
    const [notion] = await Promise.all([nox.page.waitForEvent('popup'), link.click()])
    await notion.getByRole('heading', { level: 1, name: /Rapport hebdomadaire/ }).waitFor()
    const written = plain(await notion.locator('body').innerText())
    await nox.look('report-notion', notion)
    const line = /1 déploiement, taux d’échec de 0 %[^\n]*/.exec(told)?.[0]
    expect(line).toBeDefined()
    expect(sent).toContain(line)
    expect(written).toContain(line)
    // The order for this report was asked for after the other: one action more, in the answer as on the nox.page.
    const actions = /\d+ actions demandées, [^\n]*/.exec(sent)?.[0]
    expect(actions).toMatch(/^2 actions/)
    expect(written).toContain(actions)
    const row = (name: string) => notion.getByRole('row').filter({ has: notion.getByText(name, { exact: true }) })
    expect(plain(await row('Actions demandées').innerText())).toMatch(/\b2\b/)
    expect(plain(await row('Du commit au déploiement').innerText())).toMatch(/\d+ (j|h)/)
    const drawn = await notion.getByRole('img').evaluateAll(async (images) => {
      const pictures = images as HTMLImageElement[]
      await Promise.all(pictures.map((each) => each.decode()))
      return pictures.map(({ naturalWidth }) => naturalWidth)
    })
    expect(Math.min(...drawn)).toBeGreaterThan(400)
    await notion.close()
    await nox.write('@NOX weekly report so far')
    await nox.thread
      .getByText(/1\sdeployment, failure rate/)
      .first()
      .waitFor()
    await nox.look('report-en')
    expect(nox.complaints).toEqual([])
  })
})
