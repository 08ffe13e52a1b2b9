import { expect, it } from 'vitest'
import { createOneTimeStates } from '../../../src/channels/slack/install/one-time-states.ts'
import { eachDatabase } from '../../helpers/each-database.ts'

const options = { scopes: ['chat:write'], redirectUri: 'https://nox.example/slack/oauth_redirect' }

eachDatabase('states of an install', (open) => {
  it('hold once, on all replicas together, and for ten minutes', async () => {
    const { storage } = await open()
    const [one, other] = [1, 2].map(() => createOneTimeStates(storage.oauthStates, 'secret'))
    const stranger = createOneTimeStates(storage.oauthStates, 'another')
    if (!one || !other) throw new Error('no states')
    const at = (ms: number) => new Date(1_000_000 + ms)
    const state = await one.generateStateParam(options, at(0))
    await expect(stranger.verifyStateParam(at(1), state)).rejects.toThrow('unknown')
    const tries = await Promise.allSettled([one, other, one].map((each) => each.verifyStateParam(at(1), state)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toEqual([{ status: 'fulfilled', value: options }])
    await expect(other.verifyStateParam(at(2), state)).rejects.toThrow('used')
    const late = await one.generateStateParam(options, at(0))
    await expect(one.verifyStateParam(at(600_001), late)).rejects.toThrow('expired')
    for (const odd of ['', 'x', '.', 'A'.repeat(43), 'é'.repeat(80)])
      await expect(one.verifyStateParam(at(1), odd)).rejects.toThrow('unknown')
    // What was used is forgotten after its end: the table does not grow.
    const later = await one.generateStateParam(options, at(2_000_000))
    expect(await other.verifyStateParam(at(2_000_001), later)).toEqual(options)
  })
})
