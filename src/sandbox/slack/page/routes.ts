import type { ActionPress } from '../../client-api.ts'
import { isRecord } from '../blocks/check.ts'
import type { Core } from '../core.ts'
import { sendCommand } from '../delivery/commands.ts'
import type { Values } from '../delivery/input-state.ts'
import type { Interactions } from '../delivery/interactions.ts'
import type { Actor } from '../delivery/payloads.ts'
import type { Transport } from '../delivery/transport.ts'
import { SlackError } from '../errors.ts'
import type { DoubleFault } from '../faults.ts'
import { uninstall } from '../install.ts'
import { newWorkspace } from '../new-workspace.ts'
import type { SlackDoubleOptions } from '../options.ts'
import {
  dismiss,
  openDirect,
  openGroup,
  openHome,
  react,
  readMessages,
  say,
  shareFile,
  stopSession,
  storeUpload,
} from '../people.ts'
import { pageMessage } from '../present-page.ts'
import { changeUser } from '../user-change.ts'
import { pageState } from './state.ts'

export interface PageContext {
  readonly core: Core
  readonly transport: Transport
  readonly interactions: Interactions
  readonly onCluster: SlackDoubleOptions['onCluster']
  readonly onAlert: SlackDoubleOptions['onAlert']
}

export interface PageCall {
  readonly who: Actor
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
}

type Route = (context: PageContext, call: PageCall) => unknown

const faultKinds = ['rate-limit', 'server-error', 'slow', 'reset', 'duplicate-events', 'reorder-events']
const clusterActs = ['crash', 'fail-rollout', 'heal'] as const

/** A string of the request's body. @throws SlackError `invalid_arguments` */
function text(body: PageCall['body'], name: string): string {
  const value = body[name]
  if (typeof value !== 'string') throw new SlackError('invalid_arguments', { field: name })
  return value
}

/** A string of the request's body that may miss. */
function optional(body: PageCall['body'], name: string): Record<string, string> {
  return typeof body[name] === 'string' && body[name] !== '' ? { [name]: body[name] } : {}
}

function readSource(value: unknown): ActionPress['source'] {
  if (isRecord(value) && value.kind === 'message') {
    return { kind: 'message', channel: text(value, 'channel'), ts: text(value, 'ts') }
  }
  if (isRecord(value) && value.kind === 'view') return { kind: 'view', view_id: text(value, 'view_id') }
  throw new SlackError('invalid_arguments', { field: 'source' })
}

function readValues(value: unknown): Values {
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).flatMap(([id, group]) => (isRecord(group) ? [[id, group]] : [])))
}

function readFault(body: PageCall['body']): DoubleFault {
  const kind = faultKinds.find((each) => each === body.kind) as DoubleFault['kind'] | undefined
  if (!kind) throw new SlackError('invalid_arguments', { field: 'kind' })
  return {
    kind,
    method: text(body, 'method'),
    ...(typeof body.times === 'number' ? { times: body.times } : {}),
    ...(typeof body.ms === 'number' ? { ms: body.ms } : {}),
    ...(typeof body.after === 'boolean' ? { after: body.after } : {}),
  }
}

/** The page's calls, by method and path under `/sandbox/api`. */
export const pageRoutes: Readonly<Record<string, Route>> = {
  'GET /state': ({ core }, { who }) => pageState(core, who),
  'GET /messages': ({ core }, { who, query }) => ({
    messages: readMessages(core, who, query.get('channel') ?? '', query.get('thread') ?? undefined).map((message) =>
      pageMessage(core, message),
    ),
  }),
  'POST /messages': ({ core }, { who, body }) => {
    const threadTs = typeof body.thread_ts === 'string' ? { threadTs: body.thread_ts } : {}
    return { message: pageMessage(core, say(core, who, text(body, 'channel'), text(body, 'text'), threadTs)) }
  },
  'POST /commands': async ({ core, transport }, { who, body }) => {
    await sendCommand(core, transport, who, text(body, 'channel'), text(body, 'command'), text(body, 'text'))
    return { ok: true }
  },
  'POST /actions': async ({ interactions }, { who, body }) => {
    await interactions.press(who, {
      source: readSource(body.source),
      block_id: text(body, 'block_id'),
      action_id: text(body, 'action_id'),
      element: isRecord(body.element) ? body.element : {},
      values: readValues(body.values),
    })
    return { ok: true }
  },
  'POST /suggestions': async ({ interactions }, { who, body }) => ({
    options: await interactions.suggest(who, {
      source: readSource(body.source),
      block_id: text(body, 'block_id'),
      action_id: text(body, 'action_id'),
      value: text(body, 'value'),
    }),
  }),
  'POST /view-submissions': ({ interactions }, { who, body }) =>
    interactions.submit(who, text(body, 'view_id'), readValues(body.values)),
  'POST /view-closes': async ({ interactions }, { who, body }) => {
    await interactions.close(who, text(body, 'view_id'))
    return { ok: true }
  },
  'POST /home': ({ core }, { who, body }) => ({
    home: openHome(core, who, body.tab === 'messages' ? 'messages' : 'home'),
  }),
  'POST /locale': async ({ core }, { who, body }) => {
    const locale = text(body, 'locale')
    if (!/^[a-z]{2}-[A-Z]{2}$/.test(locale)) throw new SlackError('invalid_arguments', { field: 'locale' })
    if (locale !== who.user.locale) await changeUser(core, who.user.id, { locale })
    return { ok: true }
  },
  'POST /shortcuts': async ({ interactions }, { who, body }) => {
    await interactions.shortcut(who, text(body, 'callback_id'), text(body, 'channel'), text(body, 'message_ts'))
    return { ok: true }
  },
  'POST /dismiss': ({ core }, { who, body }) => {
    dismiss(core, who, text(body, 'channel'), text(body, 'ts'))
    return { ok: true }
  },
  'POST /reactions': ({ core }, { who, body }) => {
    react(core, who, text(body, 'channel'), text(body, 'ts'), text(body, 'name'), body.add !== false)
    return { ok: true }
  },
  'POST /stop': ({ core }, { who, body }) => {
    stopSession(core, who, text(body, 'channel'), text(body, 'thread_ts'))
    return { ok: true }
  },
  'POST /uninstall': ({ core }, { who }) => {
    const installation = core.installations.of(who.team.id)
    if (!installation) throw new SlackError('app_not_installed')
    if (!who.user.isAdmin) throw new SlackError('not_allowed')
    uninstall(core, installation)
    return { ok: true }
  },
  'GET /requests': ({ core }) => ({ requests: core.traces.list() }),
  'GET /requests/log': ({ core }, { query }) => {
    const trace = core.traces.get(query.get('id') ?? '')
    if (!trace) throw new SlackError('not_found')
    return { lines: core.logs.of(trace.cause ?? trace.id) }
  },
  'GET /faults': ({ core }) => ({ faults: core.faults.list() }),
  'POST /faults': ({ core }, { body }) => {
    core.faults.add(readFault(body))
    return { ok: true }
  },
  'DELETE /faults': ({ core }, { query }) => {
    const kind = faultKinds.find((each) => each === query.get('kind')) as DoubleFault['kind'] | undefined
    core.faults.clear(kind, query.get('method') ?? undefined)
    return { ok: true }
  },
  'POST /workspaces': ({ core }, { body }) => newWorkspace(core, text(body, 'name')),
  'POST /direct': ({ core }, { who, body }) => {
    const { users } = body
    if (users === undefined) return { channel: openDirect(core, who, text(body, 'user')).id }
    if (!Array.isArray(users)) throw new SlackError('invalid_arguments', { field: 'users' })
    return { channel: openGroup(core, who, users.map(String)).id }
  },
  'POST /uploads': ({ core }, { who, body }) => {
    const content = Buffer.from(text(body, 'base64'), 'base64')
    const { id, name } = storeUpload(core, who, { name: text(body, 'name'), content })
    return { file: { id, name } }
  },
  'POST /files': ({ core }, { who, body }) => {
    const more = { ...optional(body, 'thread_ts'), ...optional(body, 'text') }
    const file = { name: text(body, 'name'), content: Buffer.from(text(body, 'base64'), 'base64') }
    return { message: pageMessage(core, shareFile(core, who, text(body, 'channel'), file, more)) }
  },
  'POST /cluster': async ({ onCluster }, { body }) => {
    const what = clusterActs.find((act) => act === body.what)
    if (!what) throw new SlackError('invalid_arguments', { field: 'what' })
    if (!onCluster) throw new SlackError('no_cluster')
    await onCluster(what, text(body, 'service'))
    return { ok: true }
  },
  'POST /alert': async ({ onAlert }, { who, body }) => {
    const { what } = body
    if (what !== 'fire' && what !== 'resolve') throw new SlackError('invalid_arguments', { field: 'what' })
    if (!onAlert) throw new SlackError('no_alerts')
    if (!(await onAlert(who.team.id, what, text(body, 'service')))) throw new SlackError('alert_refused')
    return { ok: true }
  },
}
