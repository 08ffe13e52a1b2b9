import type { AnyObject, EventObject } from './objects.ts'
import type { Store } from './store.ts'

/** Kubernetes keeps events for an hour; here the newest of each cluster stay. */
const mostEvents = 400

let lastMoment = 0n

/** The nanosecond that an event is named after; no two are the same. */
function moment(store: Store): bigint {
  const now = BigInt(store.now()) * 1_000_000n
  lastMoment = now > lastMoment ? now : lastMoment + 1n
  return lastMoment
}

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
    metadata: { name: `${name}.${moment(store).toString(16)}`, namespace },
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
