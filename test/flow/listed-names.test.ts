import { beforeAll, expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { bob, carol, dora } = people

eachSandbox('several names in one order', (sandbox) => {
  const { storage, tenantId } = tenantIn(sandbox)
  beforeAll(async () => {
    const services = await storage().catalogue.services(await tenantId())
    const web = services.find(({ name }) => name === 'web')
    if (!web) throw new TypeError('the sandbox has no web')
    await storage().catalogue.saveService({ ...web, id: 'web-b', name: 'web-b', aliases: [] })
    sandbox().nox.services.knowledge.drop(await tenantId())
  })
  const ordersOf = async (ts: string) =>
    [...(await storage().ledger.inThread(await tenantId(), 'C0DEVOPS', ts, 20))]
      .sort((one, other) => one.number - other.number)
      .map(({ command, args, state }) => `${command} ${args.service} ${state}`)

  it.each([
    ['@NOX déploie web et web-b v2.4.1 en staging', /Déployé.*web-b.*ordre 2 sur 2/s],
    ['@NOX deploy web and web-b v2.4.1 to staging', /(Deployed|Nothing to do).*web-b.*order 2 of 2/s],
  ])('are an order each: %s', async (text, last) => {
    const { ts } = sandbox().say(bob, text)
    await sandbox().answer(ts, last)
    await expect.poll(() => ordersOf(ts), { timeout: 10_000 }).toEqual(['deploy web done', 'deploy web-b done'])
  })

  it.each([
    ['@NOX déploie web v2.4.1 et web-b v2.4.0 en staging', /web-b.*ordre 2 sur 2/s, ['web v2.4.1', 'web-b v2.4.0']],
    ['@NOX deploy web v2.4.0 and web-b v2.4.1 to staging', /web-b.*order 2 of 2/s, ['web v2.4.0', 'web-b v2.4.1']],
  ])('have a value of their own: %s', async (text, last, values) => {
    const { ts } = sandbox().say(bob, text)
    await sandbox().answer(ts, last)
    await expect.poll(() => ordersOf(ts), { timeout: 10_000 }).toEqual(['deploy web done', 'deploy web-b done'])
    const orders = await storage().ledger.inThread(await tenantId(), 'C0DEVOPS', ts, 20)
    expect(orders.map(({ args }) => `${args.service} ${args.tag}`).sort()).toEqual(values)
  })

  it('may be environments, one after the other: what the first is refused is not done in the second', async () => {
    const placesOf = async (ts: string) =>
      [...(await storage().ledger.inThread(await tenantId(), 'C0DEVOPS', ts, 20))]
        .sort((one, other) => one.number - other.number)
        .map(({ environment, state }) => `${environment} ${state}`)
    const both = sandbox().say(bob, '@NOX deploy web v2.4.0 to development and staging')
    await sandbox().answer(both.ts, /order 2 of 2/)
    await expect.poll(() => placesOf(both.ts), { timeout: 10_000 }).toEqual(['development done', 'staging done'])
    const { ts } = sandbox().say(bob, '@NOX déploie web v2.4.0 en production et en staging')
    await sandbox().answer(ts, /1 ordre non lancé/)
    await expect.poll(() => placesOf(ts), { timeout: 10_000 }).toEqual(['production refused', 'staging cancelled'])
  })

  it('are taken up by what follows of the same name', async () => {
    const { ts } = sandbox().say(bob, '@NOX deploy web v2.4.1 and web-b v2.4.0 to staging, then show the logs of web')
    await sandbox().answer(ts, /(Logs\* of|No line from) `web` in staging.*order 3 of 3/s)
  })

  it('may be environments alone: the thread tells what of', async () => {
    const { ts } = sandbox().say(bob, '@NOX status web en staging')
    await sandbox().answer(ts, /3\/3/)
    const after = sandbox().say(bob, '@NOX status en staging et en development', { threadTs: ts })
    await sandbox().answer(ts, /ordre 2 sur 2/)
    expect(after.threadTs).toBe(ts)
  })

  it('stand beside other orders, and start nothing where one is unknown', async () => {
    const { ts } = sandbox().say(bob, '@NOX logs web et web-b en staging puis status web en staging')
    await sandbox().answer(ts, /`web` en staging.*ordre 3 sur 3/s)
    const unknown = sandbox().say(bob, '@NOX redémarre web et web-z en staging puis status web')
    expect(contentOf(await sandbox().answer(unknown.ts, /ne correspond/))).toContain('« web-z »')
    await expect.poll(() => ordersOf(unknown.ts)).toEqual(['unknown undefined refused'])
  })

  it('have the environment of the message once that is confirmed', async () => {
    const { ts } = sandbox().say(bob, '@NOX déploie web v2.4.1 et déploie web-b v2.4.1 en staging')
    const question = await sandbox().answer(ts, /« déploie web v2.4.1 » a été lu `déploie web v2.4.1 en staging`/)
    await expect.poll(() => ordersOf(ts)).toEqual(['deploy web waiting', 'deploy web-b queued'])
    await sandbox().press(bob, question, 'Déployer en staging')
    await expect.poll(() => ordersOf(ts), { timeout: 10_000 }).toEqual(['deploy web done', 'deploy web-b done'])
  })

  it('are orders of their own behind a verb each', async () => {
    const { ts } = sandbox().say(bob, '@NOX déploie web-b v2.4.1 en staging et montre ses logs')
    await sandbox().answer(ts, /(Logs\* de|Aucune ligne de) `web-b` en staging.*ordre 2 sur 2/s)
    await expect.poll(() => ordersOf(ts), { timeout: 10_000 }).toEqual(['deploy web-b done', 'logs web-b done'])
  })

  it('start nothing where one of them is unknown, and say which', async () => {
    const { ts } = sandbox().say(carol, '@NOX redémarre web, web-c et web-b en staging')
    const question = await sandbox().answer(ts, /ne correspond à rien ici/)
    expect(contentOf(question)).toMatch(/« web-c » ne correspond/)
    await sandbox().press(carol, question, 'redémarre web-b en staging')
    await sandbox().answer(ts, /Redémarré.*web-b/s)
    await expect.poll(() => ordersOf(ts)).toContain('restart web-b done')
    expect(await ordersOf(ts)).not.toContain('restart web done')
  })

  it('name each of those that are unknown', async () => {
    const { ts } = sandbox().say(carol, '@NOX redémarre web-c, web et web-d en staging')
    expect(contentOf(await sandbox().answer(ts, /ne correspond/))).toMatch(/« web-c, web-d » ne correspond/)
  })

  it('tell a guest no more of what is hidden than of what does not exist', async () => {
    const read = async (name: string) => {
      const { ts } = sandbox().say(dora, `@NOX logs de billing et ${name} en staging`)
      const answer = await sandbox().answer(ts, /ne correspond à rien ici/)
      // Whoever is new is offered an example until an order of theirs has ended.
      await expect.poll(() => ordersOf(ts)).toEqual(['unknown undefined refused'])
      return contentOf(answer).replaceAll(name, 'it').split('\n')[0]
    }
    await read('web-y')
    expect(await read('web-b')).toBe(await read('web-z'))
  })
})
