import type { Announcement } from '../domain/announcement.ts'
import type { Incident } from '../domain/incident.ts'
import { plainPhrase, plainStyle, renderPhrase, renderValue } from '../texts/render.ts'
import type { CommandContext, Outcome } from './command.ts'
import { incidentFields } from './incident-lines.ts'

/** What Teams gets to answer (ms). */
const patience = 10_000

/**
 * Tells an update of an incident to the channel of Microsoft Teams that an admin chose for incidents, once it has ended and
 * been told here: it never holds one up, and never fails one.
 */
export function announceIncident(
  context: CommandContext,
  outcome: Outcome,
  incident: Incident,
  tone: Announcement['tone'],
): Outcome {
  const { knowledge, tenant } = context
  const teams = knowledge.integrations.find(({ vendor }) => vendor === 'teams')
  const channel = teams?.settings.incidents
  if (channel === undefined) return outcome
  const { title, lines = [], fields } = outcome.answer
  const { language } = tenant
  const style = plainStyle(tenant.timeZone, context.now)

  async function tell(): Promise<void> {
    const [announcements, facts, thread] = await Promise.all([
      context.provider('announcements', 'teams'),
      fields ?? incidentFields(context, incident),
      context.permalink(),
    ])
    const links = [
      ...(thread ? [{ label: 'Slack', url: thread }] : []),
      ...(incident.ticket ? [{ label: incident.ticket.key, url: incident.ticket.url }] : []),
    ]
    const announcement: Announcement = {
      title: plainPhrase(title, language),
      tone,
      // What NOX will ask in Slack is asked there alone.
      paragraphs: lines
        .filter(({ key }) => key !== 'incident.rhythm')
        .map((line) => renderPhrase(line, language, style)),
      facts: facts.map(({ label, value }) => ({
        name: plainPhrase(label, language),
        value: renderValue(value, language, style),
      })),
      links,
      language,
    }
    await announcements.post(channel ?? null, announcement, { signal: AbortSignal.timeout(patience) })
  }

  return {
    ...outcome,
    async afterwards() {
      await Promise.all([outcome.afterwards?.(), tell()])
    },
  }
}
