import type { Action } from './action.ts'

/** The tag, commit or branch that an order names; `null` = none. */
export function orderedVersion({ args }: Pick<Action, 'args'>): string | null {
  const version = args.tag ?? args.sha ?? args.branch
  return typeof version === 'string' ? version : null
}
