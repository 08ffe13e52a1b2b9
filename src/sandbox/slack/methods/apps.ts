import { SlackError } from '../errors.ts'
import type { Methods } from './method.ts'

export const appsMethods: Methods = {
  'apps.connections.open': {
    scopes: ['connections:write'],
    tier: 'none',
    token: 'app',
    args: {},
    run({ core }) {
      if (!core.openSocket) throw new SlackError('internal_error')
      return { url: core.openSocket() }
    },
  },
}
