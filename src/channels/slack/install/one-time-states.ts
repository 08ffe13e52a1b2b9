import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { InstallURLOptions, StateStore } from '@slack/oauth'
import { InvalidStateError } from '@slack/oauth'
import type { OauthStates } from '../../../storage/types/installations.ts'

/** An install page that is older than this has to be opened anew (ms). */
const lifetime = 10 * 60_000
/** So long a used one is remembered beyond its end: the clocks of replicas differ (ms). */
const leeway = 5 * 60_000
/** Characters of an HMAC-SHA-256 in base64url. */
const macLength = 43

interface Begun {
  readonly options: InstallURLOptions
  readonly until: number
  readonly nonce: string
}

/**
 * States of OAuth that hold once. They are signed, and nothing of them is kept until one comes back: whoever opens the
 * page again and again fills no table. Which came back is kept in storage until it would have expired anyway, so that
 * none works twice, on no replica.
 * @param secret what only NOX's replicas and Slack know
 */
export function createOneTimeStates(states: OauthStates, secret: string): StateStore {
  const sign = (body: string): string =>
    createHmac('sha256', secret).update(`nox install state:${body}`).digest('base64url')

  /** @throws InvalidStateError where NOX did not sign it */
  function read(state: string): Begun {
    const [body, mac] = [Buffer.from(state.slice(0, -macLength)), Buffer.from(state.slice(-macLength))]
    const expected = Buffer.from(sign(body.toString()))
    if (mac.length !== expected.length || !timingSafeEqual(mac, expected))
      throw new InvalidStateError('the state is unknown')
    return JSON.parse(Buffer.from(body.toString(), 'base64url').toString()) as Begun
  }

  return {
    async generateStateParam(options, now) {
      const begun: Begun = { options, until: now.getTime() + lifetime, nonce: randomBytes(18).toString('base64url') }
      const body = Buffer.from(JSON.stringify(begun)).toString('base64url')
      return body + sign(body)
    },
    async verifyStateParam(now, state) {
      const { options, until } = read(state)
      if (until < now.getTime()) throw new InvalidStateError('the state has expired')
      const name = `used ${createHash('sha256').update(state).digest('base64url')}`
      if (!(await states.useOnce(name, until + leeway, now.getTime())))
        throw new InvalidStateError('the state was used')
      return options
    },
  }
}
