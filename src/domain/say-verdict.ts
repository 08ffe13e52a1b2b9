import { type Phrase, phrase } from '../texts/phrase.ts'
import type { ActionType } from './command-spec.ts'

const reads: readonly ActionType[] = ['logs', 'status', 'metrics', 'docs', 'audit', 'alerts']

/** Whether an action of this type only looks, where a question names the type alone. */
export const effectOf = (action: ActionType): 'read' | 'write' => (reads.includes(action) ? 'read' : 'write')

/** `déployer en production`, `déployer` */
export const sayActionType = (action: ActionType, environment: string | null): Phrase =>
  environment === null
    ? phrase('action.type.anywhere', { actionType: phrase(`type.${action}`) })
    : phrase('action.type', { actionType: phrase(`type.${action}`), env: environment })

/** What the rules say to "may I?", in a line. */
export function sayVerdict(
  action: Phrase,
  said: {
    readonly verdict: 'yes' | 'confirm' | 'ask' | 'no'
    readonly group: string | null
    readonly reason: Phrase | null
    readonly canAsk: boolean
  },
): Phrase {
  if (said.verdict === 'ask' || said.canAsk) return phrase('can.ask', { action, group: said.group ?? '' })
  switch (said.verdict) {
    case 'yes':
      return phrase('can.yes', { action })
    case 'confirm':
      return phrase('can.confirm', { action })
    case 'no':
      return phrase('can.no', { action, reason: said.reason ?? '' })
  }
}
