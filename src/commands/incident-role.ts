import type { Arguments } from '../domain/command-spec.ts'
import { phrase } from '../texts/phrase.ts'
import { text } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { event, failed, find, isOutcome, named, outcome } from './incident-find.ts'
import { incidentButtons, incidentFields } from './incident-lines.ts'
import { incidentRoleWords } from './words/incident-role.ts'

/** Names who leads, or who tells others; a guest of the team gets no role. */
async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const found = await find(context, args)
  if (isOutcome(found)) return found
  const n = String(found.number)
  if (found.state === 'resolved') return failed(phrase('incident.over', { n }))
  const role = text(args, 'role') === 'lead' ? 'lead' : 'communication'
  const typed = text(args, 'person')
  const userId = typed === 'me' ? context.action.userId : typed
  const member = await context.findMember(userId)
  const person = await context.nameOf(userId)
  if (!member || member.removedAt !== undefined || member.role === 'guest') {
    return failed(phrase('incident.role.nobody', { person }))
  }
  const incident = await context.incidents.amend(found.id, { [role]: userId }, event(context, role, userId))
  const now = incident ?? found
  const answer = { fields: await incidentFields(context, now), buttons: incidentButtons(now) }
  return {
    ...outcome(phrase(`incident.role.${role}`, { n, person: { kind: 'mention', userId } }), answer),
    details: { incident: n, role, person: userId },
  }
}

export const incidentRole: Command = {
  words: incidentRoleWords,
  theme: 'incidents',
  timeLimitMs: 60_000,
  example: () => null,
  subject: () => ({ environment: null, resources: [] }),
  describe: (args) => phrase('action.incident.role', { incident: named(args) }),
  run,
  // Its event is kept once: the run may simply go on.
  probe: async () => 'in-progress',
}
