import { randomBytes } from 'node:crypto'
import type { InstallURLOptions, StateStore } from '@slack/oauth'
import { InvalidStateError } from '@slack/oauth'
import type { OauthStates } from '../../../storage/types/installations.ts'

/** An install page that is older than this has to be opened anew (ms). */
const lifetime = 10 * 60_000

/** States of OAuth that hold once: kept in storage, so that every replica knows them and none works twice. */
export function createOneTimeStates(states: OauthStates): StateStore {
  return {
    async generateStateParam(options, now) {
      const state = randomBytes(24).toString('base64url')
      await states.put(state, JSON.stringify(options), now.getTime() + lifetime)
      return state
    },
    async verifyStateParam(now, state) {
      const stored = await states.take(state, now.getTime())
      if (stored === null) throw new InvalidStateError('the state is unknown, was used, or has expired')
      return JSON.parse(stored) as InstallURLOptions
    },
  }
}
