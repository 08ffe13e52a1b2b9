// npm run screenshots: plays a few journeys in the sandbox and writes the README's pictures to docs/images.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'
import { readConfig } from '../src/config.ts'
import { createLog } from '../src/observability/log.ts'
import { startSandbox } from '../src/start/start-sandbox.ts'

const folder = mkdtempSync(join(tmpdir(), 'nox-screenshots-'))
const images = join(import.meta.dirname, '../docs/images')
mkdirSync(images, { recursive: true })
const config = readConfig({ PORT: '0', HOST: '127.0.0.1', DATABASE_PATH: join(folder, 'nox.db') })
if (config.mode !== 'sandbox') throw new TypeError('not a sandbox')
const sandbox = await startSandbox(config, createLog({ level: 'error' }), { speed: 6, rateLimits: false })
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
  headless: true,
})
const page = await browser.newPage({ viewport: { width: 1180, height: 640 }, locale: 'fr-FR' })
const thread = page.getByRole('complementary', { name: 'Fil' })

async function as(person: string): Promise<void> {
  const place = new URL(page.url()).hash.split('/').slice(2).join('/') || 'C0DEVOPS'
  await page.goto('about:blank')
  await page.goto(`${sandbox.url}/#T0SOCIETEX/U0${person}/${place}`)
  const close = page.getByRole('button', { name: /Fermer la visite/ })
  if ((await close.count()) > 0) await close.first().click()
}

async function write(text: string): Promise<void> {
  const field = page.locator('main textarea')
  await field.fill(text)
  await field.press('Enter')
}

const shoot = (name: string) => page.screenshot({ path: join(images, `${name}.png`) })

await page.goto(`${sandbox.url}/`)
await as('BOB')
await write('@NOX déploie user-api branche feature/auth en staging')
await thread.getByText('Déployé').waitFor()
await shoot('deploy')
await write('@NOX déploie user-api v2.4.0 en production')
await thread.getByRole('button', { name: /Demander une validation/ }).click()
await thread.getByText('Validation demandée').waitFor()
await as('CAROL')
await thread.getByRole('button', { name: /Approuver/ }).waitFor()
await shoot('approval')
await page.getByRole('button', { name: 'Inspecteur' }).click()
await page.locator('.reqs tr').filter({ hasText: 'chat.postMessage' }).last().click()
await shoot('inspector')
await page.getByRole('button', { name: 'Inspecteur' }).click()
await as('ALICE')
await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
await page.getByText('Bonjour Alice Martin').waitFor()
await shoot('home')

await browser.close()
await sandbox.stop()
rmSync(folder, { recursive: true, force: true })
