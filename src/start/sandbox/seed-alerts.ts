import { type AlertSender, createAlertSender } from '../../sandbox/alertmanager/index.ts'
import { seededEstates } from '../../sandbox/seed-clusters.ts'
import { seededWorkspaces } from '../../sandbox/workspaces.ts'
import { alertHookPath } from '../../web/alert-hooks.ts'
import type { Nox } from '../create-nox.ts'
import { lazyAlertAdministration } from '../lazy-alerts.ts'

/** What the simulated rules say of each alert; the route asks for it, so that it takes no other alerts. */
const team = 'devops'

/**
 * Sets alerts up as the admin of the simulated company would: an address for its Alertmanager, and a route from there
 * to the channel where its clusters are watched. @param local NOX's own address
 * @throws Error where NOX refuses what an admin may do
 */
export async function seedAlerts(nox: Nox, local: string): Promise<AlertSender> {
  const { storage, services } = nox
  const [workspace] = seededWorkspaces
  const admin = workspace?.people.find(({ isAdmin }) => isAdmin)
  const estate = seededEstates.find(({ teamId }) => teamId === workspace?.id)
  const channel = estate?.clusters.find(({ watchChannel }) => watchChannel !== undefined)?.watchChannel
  const tenantId = await storage.installations.tenantOf(workspace?.id ?? '')
  if (!admin || !channel || tenantId === null) throw new TypeError('no workspace to set alerts up in')
  const hookUrl = (...about: Parameters<typeof alertHookPath>) => `${local}${alertHookPath(...about)}`
  const administration = await lazyAlertAdministration(services, hookUrl)()
  const form = { name: 'devops', labels: `team=${team}`, channel }
  const { version } = await administration.read(tenantId)
  const saved = await administration.save(tenantId, admin.id, 'route', form, { id: '', version })
  const hook = await administration.makeHook(tenantId, admin.id, 'alertmanager')
  if (saved.kind !== 'saved' || 'refused' in hook) throw new Error('alerts could not be set up')
  const labels = { severity: 'critical', environment: 'production', team }
  return createAlertSender({ url: hook.url, labels, now: services.now })
}
