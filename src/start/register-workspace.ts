import { storeInstallation } from '../channels/slack/install/store-installation.ts'
import { NoxError } from '../errors.ts'
import type { Nox } from './create-nox.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * The one workspace of a bot token (Socket Mode without OAuth): asks Slack whose it is, and stores it like an install.
 * The first admin is the owner of the workspace that Slack names first.
 * @throws NoxError `configuration` where Slack does not accept the token
 */
export async function registerWorkspace(
  nox: Nox,
  config: { readonly plan: string; readonly language: 'fr' | 'en' },
  botToken: string,
): Promise<void> {
  const { api, storage, installations, knowledge, now } = nox.channel
  const call = (method: string, args = {}) => api.call(botToken, method, args, { repeat: 'always' })
  const who = await call('auth.test').catch((error: unknown) => {
    throw new NoxError('configuration', 'SLACK_BOT_TOKEN: Slack does not accept this token', { cause: error })
  })
  const bot = await call('bots.info', { bot: who.bot_id }).catch(() => ({ bot: {} }))
  const { app_id } = bot.bot as { app_id?: string }
  const team = { id: textOf(who.team_id), name: textOf(who.team) }
  await storeInstallation(
    {
      storage,
      installations,
      knowledge,
      now,
      defaults: {
        language: config.language,
        timeZone: 'Europe/Paris',
        begins: () => ({ plan: config.plan, planUntil: null }),
      },
    },
    {
      team,
      enterprise: undefined,
      isEnterpriseInstall: false,
      user: { id: await firstAdmin(call), token: undefined, scopes: undefined },
      bot: { token: botToken, userId: textOf(who.user_id), id: textOf(who.bot_id), scopes: [] },
      appId: app_id ?? 'app',
    },
  )
}

async function firstAdmin(call: (method: string, args?: object) => Promise<Record<string, unknown>>): Promise<string> {
  const { members } = await call('users.list', { limit: 200 })
  const people = (Array.isArray(members) ? members : []) as {
    id: string
    is_primary_owner?: boolean
    is_owner?: boolean
    is_admin?: boolean
    deleted?: boolean
  }[]
  const owner =
    people.find((each) => each.is_primary_owner) ??
    people.find((each) => each.is_owner) ??
    people.find((each) => each.is_admin && !each.deleted)
  if (owner) return owner.id
  throw new NoxError(
    'configuration',
    'SLACK_BOT_TOKEN: the workspace shows no owner; the token needs the scope users:read',
  )
}
