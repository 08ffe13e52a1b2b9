import type { Services } from '../../actions/services.ts'
import type { AlertRoute, AlertSettings } from '../../domain/alert.ts'
import type { Answer } from '../../domain/answer.ts'
import { type Phrase, phrase, type Value } from '../../texts/phrase.ts'
import { isOutOfLetters } from './alert-letters.ts'
import { elsewhereOf, isInHours, onCall } from './route-alert.ts'

/** Goes the way of a route's alerts, and says of each stop whether the message came there. */
export async function testRoute(
  services: Services,
  tenantId: string,
  userId: string,
  route: AlertRoute,
  settings: AlertSettings,
): Promise<readonly Phrase[]> {
  const { messenger, people, log, now } = services
  const snapshot = await services.knowledge.snapshot(tenantId)
  const members = await services.storage.members.list(tenantId)
  const { tenant } = snapshot.knowledge
  const { language, timeZone } = tenant
  const by = await people.nameOf(tenantId, userId)
  const answer: Answer = {
    kind: 'notice',
    title: phrase('alert.test', { name: route.name }),
    lines: [phrase('alert.test.text', { by })],
  }
  const said: Phrase[] = []
  const attempt = async (name: Value, work: () => Promise<unknown>) => {
    try {
      await work()
      said.push(phrase('alert.test.came', { to: name }))
    } catch (error) {
      log.info({ err: error, tenant: tenantId }, 'the test of a route did not come through')
      said.push(isOutOfLetters(error) && error.forPerson ? error.forPerson : phrase('alert.test.lost', { to: name }))
    }
  }
  if (route.channel !== null) {
    const place = { channel: 'slack', conversationId: route.channel, threadTs: null, kind: 'channel' } as const
    const key = `alert test ${services.newId()}`
    await attempt(phrase('home.channel', { channel: { kind: 'conversation', id: route.channel } }), () =>
      messenger.post({ tenantId, place, language }, answer, key),
    )
  }
  const onDuty = onCall({ settings, members, timeZone, now: now() }, route.rota)
  for (const person of new Set([...route.people, ...onDuty])) {
    const name = await people.nameOf(tenantId, person)
    await attempt(name, () => messenger.direct(tenantId, person, language, answer))
  }
  for (const to of elsewhereOf(route, true)) {
    await attempt(to.replace(/^\w+:/, to.startsWith('teams:') ? 'Microsoft Teams · ' : ''), async () => {
      const { tellElsewhere } = await import('./tell-elsewhere.ts')
      await tellElsewhere(services, snapshot, to, answer)
    })
  }
  if (route.hours && !isInHours(route.hours, now(), timeZone)) said.push(phrase('alert.test.hours'))
  return said.length > 0 ? said : [phrase('alert.test.nobody')]
}
