import type { AllMiddlewareArgs, App, SlackEventMiddlewareArgs } from '@slack/bolt'

type EventArgs<Type extends string> = SlackEventMiddlewareArgs<Type> & AllMiddlewareArgs

/** Who listens to which event: one listener a type. */
export interface EventTable {
  on<Type extends string>(type: Type, listener: (args: EventArgs<Type>) => Promise<void>): void
}

/**
 * Events go straight to their listener: Bolt would ask every listener of the app (buttons, views, commands) whether an
 * event is for it, which costs more than NOX's own work on it.
 */
export function tableOfEvents(app: App): EventTable {
  const listeners = new Map<string, (args: never) => Promise<void>>()
  app.use(async (args) => {
    if (!('event' in args)) return args.next()
    await listeners.get(args.event.type)?.(args as never)
  })
  return {
    on(type, listener) {
      listeners.set(type, listener)
    },
  }
}
