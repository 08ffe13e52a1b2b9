import type { App, ReceiverEvent } from '@slack/bolt'
import { ForeignPayload } from '../foreign-payload.ts'
import type { SlackPeople } from '../people.ts'
import type { ToldUser } from '../profile.ts'

interface Told {
  readonly type?: unknown
  readonly event?: { readonly type?: unknown; readonly user?: unknown }
}

/**
 * Slack tells each change of everybody in a workspace, of most of whom NOX knows nothing: statuses, huddles, names. It is
 * taken before Bolt asks whose workspace it is, which may be a read of the database, and compared with what is kept.
 */
export function listenToUserChanges(app: App, people: Pick<SlackPeople, 'changed'>): void {
  const processEvent = app.processEvent.bind(app)
  app.processEvent = async (received: ReceiverEvent) => {
    const { type, event } = received.body as Told
    if (type !== 'event_callback' || event?.type !== 'user_change') return processEvent(received)
    const user = (event.user ?? null) as ToldUser | null
    if (typeof user?.id !== 'string') throw new ForeignPayload('a changed person without an id')
    people.changed(user)
    await received.ack()
  }
}
