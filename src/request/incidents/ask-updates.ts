import type { Services } from '../../actions/services.ts'
import type { Answer } from '../../domain/answer.ts'
import { type Incident, updateEvery } from '../../domain/incident.ts'
import type { Duty } from '../../duties/create-duties.ts'
import { phrase } from '../../texts/phrase.ts'

/** Incidents that one look asks about. */
const atOnce = 100

/** ⏰ asks in the thread of each open incident how it goes, on the rhythm of its severity; each time once. */
export async function askUpdates(services: Services, signal?: AbortSignal): Promise<void> {
  const { incidents } = services.storage
  const now = services.now()
  for (const { tenantId, id, dueAt } of await incidents.listDue(now, atOnce)) {
    if (signal?.aborted) return
    const incident = await incidents.find(tenantId, id)
    if (!incident || incident.state === 'resolved') continue
    if (!(await incidents.moveUpdate(tenantId, id, dueAt, now + updateEvery[incident.severity]))) continue
    await ask(services, incident, dueAt, now).catch((error: unknown) =>
      services.log.warn({ err: error, tenant: tenantId, incident: id }, 'nobody could be asked for an update'),
    )
  }
}

async function ask(services: Services, incident: Incident, dueAt: number, now: number): Promise<void> {
  const { tenantId, id, number, severity, title, place, room, language, lead, communication, openedAt } = incident
  const n = String(number)
  const order = (verb: 'ack' | 'status') => ({ kind: 'order', command: `incident.${verb}`, args: { id: n } }) as const
  const people = [...new Set([lead ?? communication, communication])]
  const who = { kind: 'list', items: people.map((userId) => ({ kind: 'mention', userId }) as const) } as const
  const answer: Answer = {
    kind: 'notice',
    title: phrase('incident.update', { n, severity, title, who, elapsed: { kind: 'duration', ms: now - openedAt } }),
    lines: [phrase('incident.update.how', { n })],
    buttons: [
      ...(incident.state === 'open'
        ? [{ label: phrase('button.incident.ack'), does: order('ack'), style: 'primary' } as const]
        : []),
      { label: phrase('button.incident.status'), does: order('status') },
    ],
  }
  const own = room && ({ channel: 'slack', conversationId: room.id, threadTs: null, kind: 'channel' } as const)
  await services.messenger.post({ tenantId, place: own ?? place, language }, answer, `${id}:update:${dueAt}`)
}

/** Looks for incidents that nobody has told anything of for a while. */
export function incidentDuty(services: Services): Duty {
  return { name: 'incidents', everyMs: 30_000, by: 'each', round: (signal) => askUpdates(services, signal) }
}
