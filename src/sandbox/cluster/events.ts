import { randomBytes } from 'node:crypto'
import type { AnyObject, EventObject } from './objects.ts'
import type { Store } from './store.ts'

/** Kubernetes keeps events for an hour; here the newest of each cluster stay. */
const mostEvents = 400

/** Notes that something happened to an object; the same again is counted. */
export function noteEvent(
  store: Store,
  about: AnyObject,
  type: EventObject['type'],
  reason: string,
  message: string,
  component: string,
): void {
  const { name, namespace = 'default', uid } = about.metadata
  const events = store.list('Event')
  const known = events.find(
    (event) => event.involvedObject.uid === uid && event.reason === reason && event.message === message,
  )
  if (known) {
    known.count += 1
    known.lastTimestamp = store.time
    store.touch(known)
    return
  }
  if (events.length >= mostEvents && events[0]) store.remove(events[0])
  store.add('Event', {
    metadata: { name: `${name}.${randomBytes(8).toString('hex')}`, namespace },
    involvedObject: { kind: about.kind, name, namespace, uid },
    type,
    reason,
    message,
    count: 1,
    firstTimestamp: store.time,
    lastTimestamp: store.time,
    source: { component },
  })
}
