import { setTimeout as sleep } from 'node:timers/promises'
import { type Action, finalStates } from '../../src/domain/action.ts'
import type { Fleet } from './fleet.ts'

const isOver = ({ state }: Action) => (finalStates as readonly string[]).includes(state) || state === 'unknown'

/** Resolves when all actions have ended; what is open then is part of the error. */
export async function allOver(fleet: Fleet, patience = 120_000): Promise<readonly Action[]> {
  const end = Date.now() + patience
  for (;;) {
    const actions = await fleet.actions()
    const open = actions.filter((action) => !isOver(action))
    if (open.length === 0) return actions
    if (Date.now() > end) throw new Error(`still open: ${open.map(({ id, state }) => `${id} ${state}`).join(', ')}`)
    await sleep(250)
  }
}

/** What became of the orders that were acknowledged, by thread. */
export function judge(fleet: Fleet, acknowledged: ReadonlyMap<string, string>, actions: readonly Action[]) {
  const changes = fleet.cluster.changes.map(({ action }) => action)
  const byThread = new Map(actions.map((action) => [action.place.threadTs, action]))
  let [lost, unknown, silent, wrongThread] = [0, 0, 0, 0]
  for (const [thread] of acknowledged) {
    const action = byThread.get(thread)
    if (action?.state === 'unknown') unknown += 1
    else if (action?.state !== 'done' || !changes.includes(action.id)) lost += 1
  }
  for (const { channel, service } of fleet.tenants) {
    const said = fleet.slack.messages(channel).map((message) => fleet.slack.apiMessage(message))
    const mine = [...acknowledged].filter(([, place]) => place === channel).map(([thread]) => thread)
    const answers = said.filter((message) => message.thread_ts && message.thread_ts !== message.ts)
    silent += mine.filter((thread) => !answers.some((message) => message.thread_ts === thread)).length
    const isWrong = (message: (typeof said)[number]) =>
      !mine.includes(String(message.thread_ts)) || /svc-\d+/.exec(JSON.stringify(message))?.[0] !== service
    wrongThread += answers.filter(isWrong).length
  }
  const twice = changes.length - new Set(changes).size
  return { acknowledged: acknowledged.size, lost, twice, unknown, silent, wrongThread }
}
