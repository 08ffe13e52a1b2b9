/** The event of buttons that give one order together, by their key: two of them at once are one. */
export const onceEvent = (key: string): string => `once:${key}`

/** The key of what orders the same as an action anew. */
export const againKey = (actionId: string): string => `${actionId}:again`

/** The event of the request for an approval of what was refused. */
export const askedEvent = (refusedId: string): string => `ask:${refusedId}`

/** The event of what was started past a refusal. */
export const overrideEvent = (refusedId: string): string => `override:${refusedId}`
