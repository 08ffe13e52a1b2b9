import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { begunWith, named, startSilentServer } from '../helpers/form-again.ts'
import { homeOf } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice } = people
const secret = 'wrong-token-7391'

eachSandbox('a cluster that failed its test', (sandbox) => {
  const { slack, storage, tenantId } = tenantIn(sandbox)
  const home = homeOf(sandbox)
  const server = () => `${sandbox().url.replace('localhost', '127.0.0.1')}/sandbox/clusters/${societeX}/dev-1`
  const openForm = async (actionId = 'admin.add.cluster') => {
    await home.tab(alice, 'integrations', new RegExp(`"${actionId}"`))
    return (await home.form(alice, actionId)).id
  }
  const connected = async (name: string) =>
    (await storage().catalogue.clusters(await tenantId())).some((cluster) => cluster.name === name)

  it('is shown again with all that is no secret, to be corrected and tested', async () => {
    const fields = {
      name: 'again-1',
      environments: ['staging', 'production'],
      server: server(),
      token: secret,
      namespaces: 'web, api',
    }
    await home.submit(alice, await openForm(), fields)
    const failed = await slack().waitForView(alice, ({ json }) => /n’a pas été connecté/.test(JSON.stringify(json)))
    const { token: _, ...plain } = fields
    expect(begunWith(failed.json)).toMatchObject({ ...plain, token: '', kubeconfig: '' })
    expect(JSON.stringify(failed.json)).not.toContain(secret)
    expect(JSON.stringify(failed.json)).toMatch(/à coller de nouveau/)
    // What is wrong now is said at the field that it is of.
    const wrong = await home.submit(alice, failed.id, named(failed.json, { ...fields, namespaces: 'Not One' }))
    expect(wrong.errors).toEqual({
      [Object.keys(named(failed.json, { namespaces: '' }))[0] ?? '']: expect.any(String),
    })
    await home.submit(alice, failed.id, named(failed.json, { ...fields, token: 'sandbox-dev-1' }))
    const view = await slack().waitForView(alice, ({ json }) => /est connecté/.test(JSON.stringify(json)))
    await home.close(alice, view.id)
    expect(await connected('again-1')).toBe(true)
  })

  it('keeps no password of an address, and no key beside a certificate', async () => {
    const pem = (kind: string) => `-----BEGIN ${kind}-----\nAAAA\n-----END ${kind}-----\n`
    const fields = {
      name: 'again-2',
      environments: ['staging'],
      server: server().replace('://', `://nox:${secret}@`),
      token: 'x',
      ca: `${pem('CERTIFICATE')}${pem('PRIVATE KEY')}`,
    }
    await home.submit(alice, await openForm(), fields)
    const failed = await slack().waitForView(alice, ({ json }) => /n’a pas été connecté/.test(JSON.stringify(json)))
    expect(begunWith(failed.json)).toMatchObject({ name: 'again-2', server: '', ca: '', token: '' })
    expect(JSON.stringify(failed.json)).not.toMatch(new RegExp(`${secret}|PRIVATE`))
    await home.close(alice, failed.id)
  })

  it('is told to who closed the modal meanwhile, with a button that opens the form as it was filled in', async () => {
    const cluster = await startSilentServer()
    try {
      const fields = {
        name: 'again-3',
        environments: ['staging'],
        server: cluster.url,
        token: secret,
        namespaces: 'web',
      }
      const id = await openForm()
      await home.submit(alice, id, fields)
      await cluster.asked
      await home.close(alice, id)
      cluster.refuse()
      const told = await slack().waitForMessage((message) => /Pas connecté.*again-3/.test(contentOf(message)))
      expect(told.channel).toMatch(/^D/)
      expect(contentOf(told)).toMatch(/refuse ce token/)
      expect(contentOf(told)).not.toContain(secret)
      await sandbox().press(alice, told, 'Corriger et retester')
      const view = await slack().waitForView(alice, ({ json }) => JSON.stringify(json).includes('again-3'))
      const { token: _, ...plain } = fields
      expect(begunWith(view.json)).toMatchObject({ ...plain, token: '' })
      expect(JSON.stringify(view.json)).toMatch(/à coller de nouveau/)
      expect(JSON.stringify(view.json)).not.toContain(secret)
      await home.submit(alice, view.id, named(view.json, { ...fields, server: server(), token: 'sandbox-dev-1' }))
      const done = await slack().waitForView(alice, ({ json }) => /est connecté/.test(JSON.stringify(json)))
      await home.close(alice, done.id)
    } finally {
      cluster.stop()
    }
    expect(await connected('again-3')).toBe(true)
  })
})
