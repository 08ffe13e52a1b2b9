import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { bob, carol } = people

eachSandbox('a request that came to nothing', (sandbox) => {
  const requests = async () => {
    const tenant = (await sandbox().nox.storage.installations.tenantOf(societeX)) ?? ''
    return sandbox().nox.storage.ledger.list(tenant, { userId: bob, limit: 100 })
  }

  it('that was denied is asked for again by its button, once, and a second press says so', async () => {
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production')
    await sandbox().press(bob, await sandbox().answer(ts, /⛔/), 'Demander une validation')
    const asked = await sandbox().answer(ts, /Validation demandée/)
    const number = /#(\d+)/.exec(contentOf(asked))?.[1]
    sandbox().say(carol, `@NOX refuse ${number}`)
    const denied = await sandbox().answer(ts, /Refusé par Carol/)
    const before = await requests()
    await sandbox().press(bob, denied, 'Redemander')
    await expect.poll(async () => (await requests()).length).toBe(before.length + 1)
    const [again] = await requests()
    await expect.poll(async () => (await requests())[0]?.waitingFor).toBe('approval')
    expect(again).toMatchObject({ command: 'deploy', environment: 'production', args: { tag: 'v2.4.0' } })

    await sandbox().press(bob, denied, 'Redemander')
    await sandbox().answer(ts, new RegExp(`Déjà demandé.*#${again?.number}.*en attente`, 's'))
    expect((await requests()).length).toBe(before.length + 1)

    await sandbox().nox.storage.ledger.expireOverdue(Date.now() + 24 * 3_600_000, 10)
    await sandbox().press(bob, denied, 'Redemander')
    await expect.poll(async () => (await requests()).length).toBe(before.length + 2)
    await expect.poll(async () => (await requests())[0]?.waitingFor).toBe('approval')
    expect((await requests())[1]).toMatchObject({ number: again?.number, state: 'expired' })
  })
})
