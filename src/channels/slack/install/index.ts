import type { IncomingMessage, ServerResponse } from 'node:http'
import { type CodedError, ErrorCode, InstallProvider, type Installation as SlackInstallation } from '@slack/oauth'
import type { Logger } from 'pino'
import type { Answer } from '../../../domain/answer.ts'
import type { Language } from '../../../domain/command-spec.ts'
import { lookScope } from '../../../domain/look.ts'
import { NoxError } from '../../../errors.ts'
import { createRateLimit } from '../../../request/rate-limit.ts'
import { phrase } from '../../../texts/phrase.ts'
import { homeUrl } from '../blocks/render-buttons.ts'
import { boltLog } from '../bolt-log.ts'
import type { SlackMessenger } from '../messenger.ts'
import type { SlackPeople } from '../people.ts'
import { botScopes, historyScopes, roomScopes } from '../scopes.ts'
import { failedPage, type InstallFailure, installedPage, installPage, pagePolicy } from '../views/install-pages.ts'
import { createOneTimeStates } from './one-time-states.ts'
import { type StoreOptions, storeInstallation } from './store-installation.ts'

export const installPath = '/slack/install'
/** The way to the same install with the scope that another name and icon need. */
export const lookPath = `${installPath}?for=look`
/** The way to the same install with the scopes that the channel of an incident needs. */
export const roomsPath = `${installPath}?for=channels`
/** Where an admin lets NOX read what people wrote in the threads and channels of incidents. */
export const historyPath = `${installPath}?for=history`
export const redirectPath = '/slack/oauth_redirect'

export interface InstallOptions extends StoreOptions {
  readonly clientId: string
  readonly clientSecret: string
  readonly apiUrl: string
  readonly authorizeUrl: string
  /** The address under which the world reaches NOX. */
  readonly publicUrl: string
  readonly messenger: SlackMessenger
  readonly people: SlackPeople
  readonly log: Logger
}

/** The pages of an install: before, after, and where it did not work. */
export interface Installs {
  /** `true` where the path is one of them, and the response is taken care of. */
  handle(path: string, request: IncomingMessage, response: ServerResponse): boolean
}

/** Installs that come back from Slack, from one address: a second, and at once. */
const [comebacks, burst] = [5, 100]

/** Installs into workspaces and organisations, by OAuth with a state that holds once. */
export function createInstalls(options: InstallOptions): Installs {
  const { log, publicUrl } = options
  const mayComeBack = createRateLimit(comebacks, burst, options.now)
  const stateStore = createOneTimeStates(options.storage.oauthStates, options.clientSecret)
  const provider = (language: Language) =>
    new InstallProvider({
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      stateStore,
      authorizationUrl: options.authorizeUrl,
      clientOptions: { slackApiUrl: options.apiUrl, timeout: 10_000, retryConfig: { retries: 1 } },
      logger: boltLog(log),
      renderHtmlForInstallPath: (url) => installPage(language, url),
      installationStore: {
        storeInstallation: async (installation) => {
          const { tenantId, isNew } = await storeInstallation(options, installation as SlackInstallation<'v2', boolean>)
          if (isNew)
            void welcome(options, tenantId, installation.user.id).catch((error: unknown) =>
              log.warn({ err: error }, 'an installer could not be welcomed'),
            )
        },
        fetchInstallation: () => Promise.reject(new NoxError('internal', 'installations are read from storage')),
      },
    })
  const providers = { fr: provider('fr'), en: provider('en') }
  const installOptions = { scopes: [...botScopes], redirectUri: `${publicUrl}${redirectPath}` }
  const withRooms = { ...installOptions, scopes: [...botScopes, ...roomScopes] }
  const withHistory = { ...installOptions, scopes: [...botScopes, ...historyScopes] }
  const withLook = { ...installOptions, scopes: [...botScopes, lookScope] }

  const more = { look: withLook, channels: withRooms, history: withHistory }

  async function begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    protect(response)
    const asks = new URL(request.url ?? '/', publicUrl).searchParams
    const team = asks.get('team') ?? ''
    const wanted = asks.get('for')
    const how = {
      ...(more[wanted as keyof typeof more] ?? installOptions),
      ...(/^T\w{1,30}$/.test(team) ? { teamId: team } : {}),
    }
    await providers[languageOf(request)].handleInstallPath(request, response, {}, how)
  }

  async function end(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const language = languageOf(request)
    protect(response)
    const answer = (status: number, page: string) =>
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page)
    await providers[language].handleCallback(request, response, {
      successAsync: async (installation) => {
        const workspace = installation.team ?? installation.enterprise
        const app = { teamId: workspace?.id ?? '', appId: installation.appId ?? '' }
        answer(200, installedPage(language, workspace?.name ?? '', homeUrl(app)))
      },
      failureAsync: async (error) => {
        const why = failureOf(error)
        log.warn({ code: error.code, why }, 'an install did not come to its end')
        answer(why === 'nox' ? 500 : 400, failedPage(language, why, installPath))
      },
    })
  }

  return {
    handle(path, request, response) {
      const handler = path === installPath ? begin : path === redirectPath ? end : null
      if (!handler || request.method !== 'GET') return false
      if (handler === end && !mayComeBack(request.socket.remoteAddress ?? '')) {
        response.writeHead(429, { 'retry-after': '60' }).end()
        return true
      }
      handler(request, response).catch((error: unknown) => {
        log.error({ err: error }, 'an install page failed')
        const page = failedPage(languageOf(request), 'nox', installPath)
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/html; charset=utf-8' }).end(page)
      })
      return true
    },
  }
}

function protect(response: ServerResponse): void {
  response.setHeader('content-security-policy', pagePolicy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cache-control', 'no-store')
}

/** French where the browser prefers it, else English. */
const languageOf = (request: IncomingMessage): Language =>
  /^\s*fr\b/i.test(request.headers['accept-language'] ?? '') ? 'fr' : 'en'

function failureOf(error: CodedError): InstallFailure {
  switch (error.code) {
    case ErrorCode.AuthorizationError:
      return 'cancelled'
    case ErrorCode.MissingStateError:
    case ErrorCode.InvalidStateError:
    case ErrorCode.MissingCodeError:
      return 'expired'
    default:
      return error.code?.startsWith('slack_webapi') || error.code === ErrorCode.UnknownError ? 'slack' : 'nox'
  }
}

/** The first message to who installed NOX; it also learns their language and zone for the new tenant. */
async function welcome(options: InstallOptions, tenantId: string, userId: string): Promise<void> {
  const { storage, knowledge, people, messenger } = options
  const profile = await people.profileOf(tenantId, userId).catch(() => null)
  const tenant = await storage.tenants.find(tenantId)
  if (!tenant) return
  const language: Language = profile?.locale ? (profile.locale.startsWith('fr') ? 'fr' : 'en') : tenant.language
  await storage.tenants.update(tenantId, { language, timeZone: profile?.timeZone ?? tenant.timeZone })
  const installer = profile && (await storage.members.findBySlackId(tenantId, userId))
  if (installer) await storage.members.rename(tenantId, installer.id, profile.name)
  knowledge.drop(tenantId)
  const answer: Answer = {
    kind: 'notice',
    title: phrase('welcome.title', { workspace: tenant.name }),
    lines: [phrase('welcome.text')],
    buttons: [{ label: phrase('button.home'), does: { kind: 'open', surface: 'home' } }],
  }
  await messenger.direct(tenantId, userId, language, answer)
}
