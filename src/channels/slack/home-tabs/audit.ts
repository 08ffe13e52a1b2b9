import { auditPeriods, auditResults } from '../../../request/governance/index.ts'
import type { AuditData } from '../views/audit.ts'
import { auditBlocks } from '../views/audit.ts'
import type { HomeState } from '../views/home-state.ts'
import type { Tab } from './tab.ts'

/** The audit log: one's own records, or everybody's for those to whom the audit is open. */
export const auditTab: Tab = {
  name: 'audit',
  mayOpen: () => true,
  async read({ channel, tenantId, userId, state, draw }) {
    const { audit, zones } = channel.governance
    const search = searchOf(state)
    const [{ person, ...page }, environments] = await Promise.all([
      audit.search(tenantId, userId, search),
      zones.environments(tenantId),
    ])
    const names = await Promise.all(page.records.map(({ actor }) => channel.people.nameOf(tenantId, actor)))
    const data: AuditData = {
      ...page,
      entries: page.records.map((record, index) => ({
        record,
        person: names[index] ?? record.actor,
        ...audit.say(record),
      })),
      isFirst: search.before === undefined,
      person: person && { label: person.name, value: person.id },
      commands: audit.commands(),
      environments,
      results: auditResults,
      periods: Object.keys(auditPeriods) as (keyof typeof auditPeriods)[],
      set: state.set ?? {},
    }
    return auditBlocks(data, draw)
  },
}

/** What the tab's menus are set to. */
export function searchOf({ set = {}, page }: HomeState) {
  const { person, command, environment, result, period } = set
  return {
    ...(person ? { person } : {}),
    ...(command ? { command } : {}),
    ...(environment ? { environment } : {}),
    ...(result ? { result } : {}),
    ...(period ? { period } : {}),
    ...(page ? { before: page } : {}),
  }
}
