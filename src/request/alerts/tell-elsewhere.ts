import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import type { Answer } from '../../domain/answer.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { plainPhrase, plainStyle, renderPhrase, renderValue } from '../../texts/render.ts'
import { takeLetter } from './alert-letters.ts'

/** Is this no place of Slack, but an address or a channel elsewhere? */
export const isElsewhere = (to: string): boolean => /^(?:mailto|teams):/.test(to)

/** What a vendor gets to answer (ms). */
const patience = 20_000

/**
 * Tells an alert's answer to an address (`mailto:`) or to a channel of Microsoft Teams (`teams:` and its name).
 * @throws NoxError `not-found` where there is no mailer or Teams is not connected, `conflict` where the day's letters are used up;
 * else as those do
 */
export async function tellElsewhere(
  services: Services,
  { knowledge }: TenantSnapshot,
  to: string,
  answer: Answer,
  isOver = false,
): Promise<void> {
  const { language, timeZone } = knowledge.tenant
  const lines = [...(answer.lines ?? []), ...(isOver ? [] : [phrase('alert.elsewhere.how')])]
  if (to.startsWith('mailto:')) {
    if (!services.mailer) throw new NoxError('not-found', 'no SMTP server is configured')
    await takeLetter(services, knowledge.tenant)
    const { layOutMail } = await import('../../email/layout.ts')
    const letter = layOutMail(language, { title: answer.title, lines })
    return services.mailer.send({ to: to.slice('mailto:'.length), ...letter })
  }
  const integration = knowledge.integrations.find(({ vendor }) => vendor === 'teams')
  const secrets = integration && (await services.storage.integrations.secrets(integration.tenantId, 'teams'))
  if (!integration || !secrets) throw new NoxError('not-found', 'Microsoft Teams is not connected')
  const { announcements } = await services.connectors.open({ integration, secrets })
  if (!announcements) throw new NoxError('not-found', 'Microsoft Teams gives no channels')
  const style = plainStyle(timeZone, services.now)
  const facts = (answer.fields ?? []).map(({ label, value }) => ({
    name: plainPhrase(label, language),
    value: renderValue(value, language, style) || '–',
  }))
  await announcements.post(
    to.slice('teams:'.length),
    {
      title: plainPhrase(answer.title, language),
      tone: isOver ? 'good' : 'bad',
      paragraphs: lines.map((line) => renderPhrase(line, language, style)),
      facts,
      language,
    },
    { signal: AbortSignal.timeout(patience) },
  )
}
