import { analyticsPeriods, maySeeAnalytics, shownTallies } from '../../../request/governance/index.ts'
import { analyticsBlocks } from '../views/analytics.ts'
import type { Tab } from './tab.ts'

/** Figures of what the tenant does with NOX, for those who may see them. */
export const analyticsTab: Tab = {
  name: 'analytics',
  mayOpen: maySeeAnalytics,
  async read({ channel, tenantId, userId, state, draw }) {
    const period = analyticsPeriods.find((each) => each === state.set?.period) ?? 'month'
    const figures = await channel.governance.analytics.read(tenantId, userId, period)
    if ('key' in figures) return [draw.section(figures)]
    const { names, commands, people, charts, ...rest } = figures
    const reached = rest.actions > 0 ? await channel.installations.reach(tenantId, userId) : null
    const pictures = reached ? await channel.pictures.of(reached.installation, charts, draw.language) : []
    const data = {
      ...rest,
      period,
      periods: analyticsPeriods,
      pictures,
      commands: commands
        .slice(0, shownTallies)
        .map((each) => ({ ...each, name: names.commands.get(each.name) ?? each.name })),
      people: people
        .slice(0, shownTallies)
        .map((each) => ({ ...each, name: names.people.get(each.name) ?? each.name })),
    }
    return analyticsBlocks(data, draw)
  },
}
