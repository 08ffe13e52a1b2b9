import type { Announcement } from '../domain/announcement.ts'
import type { Incident } from '../domain/incident.ts'
import { plainPhrase, plainStyle, renderPhrase, renderValue } from '../texts/render.ts'
import type { CommandContext, Outcome } from './command.ts'
import { incidentFields } from './incident-lines.ts'

/**
 * Tells an update of an incident to the channel of Microsoft Teams that an admin chose for incidents, once it has ended and
 * been told here: kept before, so that it is told also where NOX ends in between. It never fails one.
 */
export async function announceIncident(
  context: CommandContext,
  outcome: Outcome,
  incident: Incident,
  tone: Announcement['tone'],
): Promise<Outcome> {
  const { knowledge, tenant } = context
  const teams = knowledge.integrations.find(({ vendor }) => vendor === 'teams')
  const channel = teams?.settings.incidents
  if (channel === undefined) return outcome
  const { title, lines = [], fields } = outcome.answer
  const { language } = tenant
  const style = plainStyle(tenant.timeZone, context.now)
  const facts = fields ?? (await incidentFields(context, incident))
  const tell = await context.incidents.announce(channel, {
    title: plainPhrase(title, language),
    tone,
    // What NOX will ask in Slack is asked there alone.
    paragraphs: lines.filter(({ key }) => key !== 'incident.rhythm').map((line) => renderPhrase(line, language, style)),
    facts: facts.map(({ label, value }) => ({
      name: plainPhrase(label, language),
      value: renderValue(value, language, style),
    })),
    links: incident.ticket ? [{ label: incident.ticket.key, url: incident.ticket.url }] : [],
    language,
  })
  return {
    ...outcome,
    async afterwards() {
      await Promise.all([outcome.afterwards?.(), tell()])
    },
  }
}
