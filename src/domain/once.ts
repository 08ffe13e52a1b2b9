/** The event of buttons that give one order together, by their key: two of them at once are one. */
export const onceEvent = (key: string): string => `once:${key}`

/** The key of what orders the same as an action anew. */
export const againKey = (actionId: string): string => `${actionId}:again`
