import { asRemoved } from '../../src/permissions/index.ts'
import type { SubmissionResult } from '../../src/sandbox/slack/delivery/submission.ts'
import { societeX, type TestSandbox } from './sandbox.ts'
import { sendInteraction } from './signed-form.ts'

type Block = { block_id: string; accessory?: unknown; elements?: unknown }
type Fields = Record<string, string | readonly string[] | Chosen>
interface Chosen {
  readonly selected_conversations: readonly string[]
}

/** What a field for a channel holds; none = it was left empty. */
export const channels = (...ids: readonly string[]): Chosen => ({ selected_conversations: ids })

export const plainSpaces = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

/** What a person reads in a surface, with plain spaces. */
export const readable = (json: unknown): string => plainSpaces(JSON.stringify(json))

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value })

/** An entry of a ⋯ menu. */
export const pick = (value: string) => ({ type: 'overflow', selected_option: option(value) })

/** What a form holds: lists are chosen options, `channels()` a channel, `selects` name the fields that are menus of one. */
export const valuesOf = (fields: Fields, selects: readonly string[] = []) =>
  Object.fromEntries(
    Object.entries(fields).map(([block, value]) => {
      // A form that was drawn anew has blocks of other names, with the same fields.
      const name = block.replace(/@\d+$/, '')
      if (typeof value === 'object' && 'selected_conversations' in value) return [block, { [name]: value }]
      if (typeof value !== 'string') return [block, { [name]: { selected_options: value.map(option) } }]
      return [block, { [name]: selects.includes(block) ? { selected_option: option(value) } : { value } }]
    }),
  )

/** Leaves only these people in a tenant: what is told of a group does not change with the sandbox's cast. */
export async function keepOnly({ nox }: TestSandbox, users: readonly string[], team = societeX): Promise<void> {
  const tenantId = (await nox.storage.installations.tenantOf(team)) ?? ''
  for (const member of await nox.storage.members.list(tenantId)) {
    if (!users.includes(member.slackUserId)) await nox.storage.members.update(asRemoved(member, Date.now()))
  }
  nox.services.knowledge.drop(tenantId)
}

/** A person at NOX's Home: tabs, controls, forms. */
export function homeOf(sandbox: () => TestSandbox, team = societeX) {
  const slack = () => sandbox().slack
  const local = () => sandbox().url.replace('localhost', '127.0.0.1')

  /** Waits until Home fits; gives its view. */
  const see = async (user: string, fits: RegExp) => {
    const view = await slack().waitForHome(user, (each) => fits.test(readable(each.json)))
    return { id: view.id, text: readable(view.json), json: view.json as { blocks: Block[]; private_metadata: string } }
  }
  const open = (user: string, fits = /Bonjour|Hello/) => {
    slack().openHome(team, user)
    return see(user, fits)
  }
  /** Uses a control that stands in Home now; `beside`: what other menus of its row show already. */
  const use = async (
    user: string,
    actionId: string,
    element: Record<string, unknown> = { type: 'button' },
    beside: Record<string, unknown> = {},
  ) => {
    const { id, json } = await see(user, new RegExp(`"action_id":"${actionId}"`))
    const block = json.blocks.find((each) => JSON.stringify(each).includes(`"action_id":"${actionId}"`))
    const source = { kind: 'view', view_id: id } as const
    const block_id = block?.block_id ?? ''
    const values = { [block_id]: { ...beside, [actionId]: element } }
    await slack().press(team, user, { source, block_id, action_id: actionId, element, values })
  }
  return {
    see,
    open,
    use,
    /** Opens a tab; waits until the bar marks it. */
    async tab(user: string, name: string, fits: RegExp = /▸/) {
      await open(user, /"private_metadata":"\{\\"tab\\":\\"home\\"\}"/)
      await use(user, `tab.${name}`)
      const view = await slack().waitForHome(
        user,
        (each) => String(each.json.private_metadata).includes(`"tab":"${name}"`) && fits.test(readable(each.json)),
      )
      return { id: view.id, text: readable(view.json), json: view.json as { blocks: Block[] } }
    },
    /** What an external menu of Home offers to what was typed. */
    async suggest(user: string, actionId: string, value: string) {
      const { id, json } = await see(user, new RegExp(`"action_id":"${actionId}"`))
      const block = json.blocks.find((each) => JSON.stringify(each).includes(`"action_id":"${actionId}"`))
      const ask = {
        source: { kind: 'view', view_id: id },
        block_id: block?.block_id ?? '',
        action_id: actionId,
        value,
      } as const
      return (await slack().suggest(team, user, ask)) as { text: { text: string }; value: string }[]
    },
    /** Uses a control and gives the modal that it opened. */
    async form(user: string, actionId: string, element?: Record<string, unknown>) {
      await use(user, actionId, element)
      const view = await slack().waitForView(user)
      return { id: view.id, text: readable(view.json), json: view.json }
    },
    submit: (user: string, viewId: string, fields: Fields, selects?: readonly string[]): Promise<SubmissionResult> =>
      slack().submitView(team, user, viewId, valuesOf(fields, selects)),
    close: (user: string, viewId: string) => slack().closeView(team, user, viewId),
    /** Sends a form that no modal of Slack stands behind, signed as Slack would; gives NOX's answer. */
    async forge(user: string, callbackId: string, metadata: unknown, fields: Fields, selects?: readonly string[]) {
      const payload = {
        type: 'view_submission',
        team: { id: team, domain: 'x' },
        user: { id: user, team_id: team },
        api_app_id: 'A0NOX',
        trigger_id: '1.2.3',
        view: {
          id: 'V0',
          type: 'modal',
          callback_id: callbackId,
          private_metadata: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
          state: { values: valuesOf(fields, selects) },
          team_id: team,
          app_id: 'A0NOX',
          blocks: [],
        },
        enterprise: null,
        is_enterprise_install: false,
      }
      const response = await sendInteraction(local(), 'sandbox-signing-secret', payload)
      return { status: response.status, text: plainSpaces(await response.text()) }
    },
  }
}
