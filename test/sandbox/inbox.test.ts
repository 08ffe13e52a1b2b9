import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.stop())

it('the sandbox delivers by SMTP, and its inbox shows a hostile letter in a frame without rights', async () => {
  const address = `${sandbox.url}/inbox`
  expect(await (await fetch(address, { headers: { 'accept-language': 'fr' } })).text()).toContain('Aucun e-mail')
  const html = '<script>top.location="/"</script>" onload="x"'
  await sandbox.nox.services.mailer?.send({ to: 'jean@acme.fr', subject: '<i>Hi</i>', text: 'Hi', html })
  const letter = await sandbox.mail.waitForLetter(({ to }) => to.includes('jean@acme.fr'))
  expect(letter.from).toBe('nox@sandbox.example')
  const response = await fetch(address, { headers: { 'accept-language': 'en' } })
  const page = await response.text()
  expect(page).toContain('Inbox')
  expect(page).not.toMatch(/<script|<i>|" onload/)
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
  expect(response.headers.get('content-security-policy')).not.toContain('script-src')
})
