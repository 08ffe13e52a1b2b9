import type { Services } from '../../actions/services.ts'
import { commandName } from '../../commands/done-to.ts'
import type { ChartSpec } from '../../domain/chart.ts'
import type { Member } from '../../domain/member.ts'
import { analyse, analyseIncidents, type Figures, type IncidentFigures } from '../../figures/analyse.ts'
import { daily, lastDays } from '../../figures/daily.ts'
import { figureCharts } from '../../figures/figure-charts.ts'
import { startOfDayKey } from '../../permissions/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { auditPeriods } from './audit-browser.ts'
import type { Guard } from './guard.ts'

/** Periods of the figures, in days of the tenant's time zone. */
export const analyticsPeriods = ['week', 'month', 'quarter'] as const
export type AnalyticsPeriod = (typeof analyticsPeriods)[number]

/** Actions that are counted, the newest of the period. */
const mostCounted = 20_000

/** Incidents that are counted, the newest of the period. */
const mostIncidents = 1_000

export interface Analytics extends Figures {
  readonly incidents: IncidentFigures
  readonly days: number
  readonly charts: readonly ChartSpec[]
  /** Older actions of the period were left out. */
  readonly isCut: boolean
  readonly names: {
    readonly people: ReadonlyMap<string, string>
    readonly commands: ReadonlyMap<string, Phrase>
  }
}

/** Figures of what a tenant does with NOX, for those who may see them. */
export interface AnalyticsReader {
  read(tenantId: string, userId: string, period: AnalyticsPeriod): Promise<Analytics | Phrase>
}

/** Members whose flag says so; never guests, nor who was removed. */
export const maySeeAnalytics = (member: Member): boolean =>
  member.removedAt === undefined && member.role !== 'guest' && member.flags.canViewAnalytics

/** Names that a list shows. */
export const shownTallies = 10

/** Counts the newest 20,000 actions of a period; `isCut` where there may be more. */
export function createAnalytics(services: Services, guard: Guard): AnalyticsReader {
  const { storage, people } = services
  return {
    async read(tenantId, userId, period) {
      const { member, tenant } = await guard.memberNow(tenantId, userId)
      if (!maySeeAnalytics(member)) return phrase('team.refused')
      const days = auditPeriods[period]
      const calendar = lastDays(services.now(), days, tenant.timeZone)
      const since = startOfDayKey(calendar[0] ?? '', tenant.timeZone)
      const states = ['open', 'acknowledged', 'resolved'] as const
      const [counted, incidents] = await Promise.all([
        storage.ledger.counted(tenantId, since, mostCounted),
        storage.incidents.list(tenantId, { states, since, limit: mostIncidents }),
      ])
      const figures = analyse(counted)
      const shown = figures.people.slice(0, shownTallies)
      const names = await Promise.all(shown.map(({ name }) => people.nameOf(tenantId, name)))
      return {
        ...figures,
        incidents: analyseIncidents(incidents),
        days,
        charts: figureCharts(daily(counted, calendar, tenant.timeZone)),
        isCut: counted.length === mostCounted,
        names: {
          people: new Map(shown.map(({ name }, index) => [name, names[index] ?? name])),
          commands: new Map(figures.commands.map(({ name }) => [name, commandName(name)])),
        },
      }
    },
  }
}
