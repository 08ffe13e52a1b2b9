import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, openBrowser } from '../helpers/browser.ts'
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('reports in a real browser', () => {
  let sandbox: TestSandbox
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    sandbox = await startTestSandbox()
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 1_000 }, locale: 'fr-FR' })
    complaints = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  const write = async (text: string) => {
    const field = page.locator('main textarea')
    await field.fill(text)
    await field.press('Enter')
  }
  const thread = () => page.getByRole('complementary', { name: 'Fil' })
  const look = async (name: string, on = page) => {
    const folder = process.env.NOX_SCREENSHOTS
    if (folder) await on.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  }

  it('makes the weekly report in Notion, with the numbers that the thread tells', async () => {
    await page.goto(`${sandbox.url.replace('localhost', '127.0.0.1')}/#T0SOCIETEX/U0ALICE/C0DEVOPS`)
    await write('@NOX déploie user-api v2.4.0 en staging')
    await thread()
      .getByText(/Déployé/)
      .first()
      .waitFor()
    await write('@NOX rapport hebdo en cours')
    await thread()
      .getByText(/1\sdéploiement, taux d’échec/)
      .first()
      .waitFor()
    const told = plain(await thread().innerText())
    await look('report-fr')
    await write('@NOX créer rapport hebdo en cours dans Notion')
    const link = thread().getByRole('link', { name: 'Ouvrir le rapport' })
    await link.waitFor()
    const sent = plain(await thread().innerText())
    await look('report-sent')
    const [notion] = await Promise.all([page.waitForEvent('popup'), link.click()])
    await notion.getByRole('heading', { level: 1, name: /Rapport hebdomadaire/ }).waitFor()
    const written = plain(await notion.locator('body').innerText())
    await look('report-notion', notion)
    const line = /1 déploiement, taux d’échec de 0 %[^\n]*/.exec(told)?.[0]
    expect(line).toBeDefined()
    expect(sent).toContain(line)
    expect(written).toContain(line)
    // The order for this report was asked for after the other: one action more, in the answer as on the page.
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
    await write('@NOX weekly report so far')
    await thread()
      .getByText(/1\sdeployment, failure rate/)
      .first()
      .waitFor()
    await look('report-en')
    expect(complaints).toEqual([])
  })
})
