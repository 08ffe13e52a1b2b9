import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import type { User } from '../model.ts'
import type { Methods } from './method.ts'
import { checkClient, exchangeArguments } from './oauth.ts'

/** How long an id token says that it holds, s. */
const lifetime = 300

/** What an app learns of who signed in, by the scopes that it asked for. */
function claimsOf({ world }: Core, user: User, scopes: readonly string[]): Record<string, unknown> {
  const team = world.teams.get(user.teamId)
  return {
    sub: user.id,
    'https://slack.com/user_id': user.id,
    'https://slack.com/team_id': user.teamId,
    ...(scopes.includes('email') ? { email: user.email, email_verified: true } : {}),
    ...(scopes.includes('profile')
      ? {
          name: user.realName,
          given_name: user.realName.split(' ')[0],
          locale: user.locale,
          'https://slack.com/team_name': team?.name,
          'https://slack.com/team_domain': team?.domain,
        }
      : {}),
  }
}

/** Sign in with Slack. */
export const openidMethods: Methods = {
  'openid.connect.token': {
    scopes: [],
    tier: 4,
    token: 'none',
    args: exchangeArguments,
    run(call) {
      const { core } = call
      checkClient(call)
      if ((call.text('grant_type') ?? 'authorization_code') !== 'authorization_code') {
        throw new SlackError('invalid_grant_type')
      }
      const grant = core.grants.take(call.text('code') ?? '')
      if (typeof grant === 'string') throw new SlackError(grant)
      if (!grant.scopes.includes('openid')) throw new SlackError('invalid_code')
      const redirect = call.text('redirect_uri')
      if (redirect ? redirect !== grant.redirectUri : grant.redirectNamed) throw new SlackError('bad_redirect_uri')
      const user = core.world.users.get(grant.userId)
      if (!user) throw new SlackError('invalid_code')
      const now = Math.floor(core.now() / 1000)
      const id_token = core.idTokens.sign({
        iss: core.publicUrl,
        aud: core.app.clientId,
        iat: now,
        auth_time: now,
        exp: now + lifetime,
        ...(grant.nonce ? { nonce: grant.nonce } : {}),
        ...claimsOf(core, user, grant.scopes),
      })
      const access_token = core.installations.signIn(user.id, grant.scopes)
      return { access_token, token_type: 'Bearer', id_token }
    },
  },
  'openid.connect.userInfo': {
    scopes: ['openid'],
    tier: 4,
    token: 'user',
    args: {},
    run({ core, token }) {
      const user = core.world.users.get(token.userId ?? '')
      if (!user) throw new SlackError('user_not_found')
      return claimsOf(core, user, token.scopes)
    },
  },
}
