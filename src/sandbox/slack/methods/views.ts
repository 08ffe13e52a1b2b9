import { checkPictures } from '../blocks/pictures.ts'
import { checkView } from '../blocks/views.ts'
import type { Core } from '../core.ts'
import { SlackError, withMessages } from '../errors.ts'
import type { View } from '../model.ts'
import { withBlockIds } from '../posting.ts'
import { apiView } from '../present-api.ts'
import { pageView } from '../present-page.ts'
import { Views } from '../state/views.ts'
import type { Call, Methods } from './method.ts'

type Json = Record<string, unknown>

/** Checks a view's JSON and completes its block ids. @throws SlackError `invalid_arguments`, `view_too_large` */
export function readView(core: Core, teamId: string | null, json: unknown, type: 'modal' | 'home'): Json {
  const problem = checkView(json, type)
  if (problem) throw withMessages(problem.code, problem.messages)
  const view = json as Json & { blocks: [] }
  const pictures = checkPictures(core, teamId, view.blocks, '/view/blocks')
  if (pictures.length > 0) throw withMessages('invalid_arguments', pictures)
  return { ...view, blocks: withBlockIds(core, view.blocks) }
}

function checkExternalId(core: Core, teamId: string, json: Json, self?: View): void {
  if (typeof json.external_id !== 'string' || !json.external_id) return
  const known = core.views.byExternalId(teamId, json.external_id)
  if (known && known !== self) throw new SlackError('duplicate_external_id')
}

/** Puts a modal on top of a person's stack. */
export function openModal(core: Core, teamId: string, userId: string, json: Json): View {
  checkExternalId(core, teamId, json)
  const below = core.views.stack(userId)
  if (below.length >= Views.stackLimit) throw new SlackError('push_limit_reached')
  const id = core.ids.next('V')
  const view: View = {
    id,
    teamId,
    userId,
    type: 'modal',
    rootId: below[0]?.id ?? id,
    previousId: below.at(-1)?.id ?? null,
    json,
    hash: core.views.nextHash(core.now()),
  }
  core.views.push(view)
  core.hub.emit({ type: 'view_opened', view: pageView(view) }, { teamId, users: [userId] })
  return view
}

/** Closes all modals of a person. */
export function closeModals(core: Core, teamId: string, userId: string): void {
  for (const view of [...core.views.clear(userId)].reverse()) {
    core.hub.emit({ type: 'view_closed', id: view.id }, { teamId, users: [userId] })
  }
}

/** Gives a view new content. */
export function updateView(core: Core, view: View, json: Json): void {
  checkExternalId(core, view.teamId, json, view)
  core.views.replace(view, json, core.now())
  core.hub.emit(
    { type: view.type === 'home' ? 'home' : 'view_updated', view: pageView(view) },
    { teamId: view.teamId, users: [view.userId] },
  )
}

function checkHash(call: Call, view: View): void {
  const hash = call.text('hash')
  if (hash && hash !== view.hash) throw new SlackError('hash_conflict')
}

const openArgs = { trigger_id: 'string', interactivity_pointer: 'string', view: 'json!' } as const

function trigger(call: Call) {
  const id = call.text('trigger_id') ?? call.text('interactivity_pointer')
  if (!id) throw withMessages('invalid_arguments', ['missing required field: trigger_id'])
  const used = call.core.triggers.exchange(id)
  if (!call.mayEnter(used.teamId)) throw new SlackError('invalid_trigger_id')
  return used
}

export const viewsMethods: Methods = {
  'views.open': {
    scopes: [],
    tier: 4,
    token: 'bot',
    args: openArgs,
    run(call) {
      const json = readView(call.core, null, call.json('view'), 'modal')
      const { teamId, userId } = trigger(call)
      checkExternalId(call.core, teamId, json)
      closeModals(call.core, teamId, userId)
      return { view: apiView(call.core, openModal(call.core, teamId, userId, json)) }
    },
  },
  'views.push': {
    scopes: [],
    tier: 4,
    token: 'bot',
    args: openArgs,
    run(call) {
      const json = readView(call.core, null, call.json('view'), 'modal')
      const { teamId, userId, viewId } = trigger(call)
      // Only an act inside a modal gives a trigger that may push.
      if (!viewId || call.core.views.get(viewId)?.type !== 'modal') throw new SlackError('invalid_trigger_id')
      return { view: apiView(call.core, openModal(call.core, teamId, userId, json)) }
    },
  },
  'views.update': {
    scopes: [],
    tier: 4,
    token: 'bot',
    args: { view_id: 'string', external_id: 'string', hash: 'string', view: 'json!' },
    run(call) {
      const { core } = call
      const id = call.text('view_id')
      const external = call.text('external_id')
      if (!id && !external) throw withMessages('invalid_arguments', ['missing required field: view_id'])
      const view = id ? core.views.get(id) : core.views.byExternalId(call.team.id, external ?? '')
      if (!view || !call.mayEnter(view.teamId)) throw new SlackError('not_found')
      const json = readView(core, view.teamId, call.json('view'), view.type)
      checkHash(call, view)
      updateView(core, view, json)
      return { view: apiView(core, view) }
    },
  },
  'views.publish': {
    scopes: [],
    tier: 4,
    token: 'bot',
    args: { user_id: 'string!', hash: 'string', view: 'json!' },
    run(call) {
      const { core } = call
      const user = core.world.users.get(call.need('user_id'))
      if (!user || user.isBot || !call.mayEnter(user.teamId)) {
        throw withMessages('invalid_arguments', ['invalid `user_id` [json-pointer:/user_id]'])
      }
      const json = readView(core, user.teamId, call.json('view'), 'home')
      const known = core.views.home(user.id)
      if (known) {
        checkHash(call, known)
        updateView(core, known, json)
        return { view: apiView(core, known) }
      }
      checkExternalId(core, user.teamId, json)
      const id = core.ids.next('V')
      const hash = core.views.nextHash(core.now())
      const view: View = {
        id,
        teamId: user.teamId,
        userId: user.id,
        type: 'home',
        rootId: id,
        previousId: null,
        json,
        hash,
      }
      core.views.setHome(view)
      core.hub.emit({ type: 'home', view: pageView(view) }, { teamId: user.teamId, users: [user.id] })
      return { view: apiView(core, view) }
    },
  },
}
