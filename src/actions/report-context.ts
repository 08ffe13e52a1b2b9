import type { ReportDesk } from '../commands/context/reports.ts'
import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import type { ReportScope } from './lead-times.ts'
import type { Services } from './services.ts'

/** The reports of the tenant whose order runs; what counts and draws is loaded with the first of them. */
export function reportsOf(services: Services, scope: ReportScope): ReportDesk {
  const { charts, mailer, log } = services
  const { action } = scope
  const { language } = action
  return {
    figures: async (of) => (await import('./report-figures.ts')).reportFigures(services, scope, of),
    async picture(chart) {
      if (!charts) return null
      try {
        return { png: await charts.draw(chart, language), text: await charts.say(chart, language) }
      } catch (error) {
        log.warn({ err: error, tenant: action.tenantId }, 'a chart of a report could not be drawn')
        return null
      }
    },
    hasMail: mailer !== undefined,
    async mail(to, letter) {
      if (!mailer) throw new NoxError('not-found', 'no mailer', { forPerson: phrase('report.noMail') })
      const { layOutReport } = await import('../email/report-letter.ts')
      await mailer.send({ to, ...layOutReport(language, letter) })
    },
  }
}
