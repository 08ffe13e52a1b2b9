import type { Services } from '../../actions/services.ts'
import { dayMs } from '../../domain/plans.ts'
import { remindDays } from '../../domain/retention.ts'
import type { Purge } from '../../storage/types/purges.ts'
import { phrase } from '../../texts/phrase.ts'

/** Files of one tenant at one look. */
const mostFiles = 20

/**
 * One look at what is kept: months that come, records that are older than their tenant's plan keeps, tenants that are to
 * be purged. What fails is logged, and tried again at the next look.
 * @param archivePath a folder; absent = old records stay in the database
 */
export async function keepRecords(
  services: Services,
  archivePath: string | undefined,
  signal?: AbortSignal,
): Promise<void> {
  const { storage, log } = services
  const attempt = async (what: string, tenant: string | undefined, work: () => Promise<void>) => {
    if (signal?.aborted) return
    await work().catch((error: unknown) => log.error({ err: error, tenant }, `${what} failed; tried again later`))
  }
  await attempt('tables by month', undefined, () => storage.keepMonths(services.now()))
  for (const purge of await storage.purges.list()) {
    if (purge.endedAt === null) await attempt('a purge', purge.id, () => lookAtPurge(services, purge))
  }
  if (archivePath === undefined) return
  for (const tenant of await storage.tenants.list()) {
    const { auditDays } = services.planOf(tenant)
    if (auditDays === null) continue
    // Whole months, so that a tenant gets a file a month and not one a day.
    const oldest = new Date(services.now() - auditDays * dayMs)
    const before = Date.UTC(oldest.getUTCFullYear(), oldest.getUTCMonth(), 1)
    await attempt('an archive of audit records', tenant.id, async () => {
      for (let files = 0; files < mostFiles && !signal?.aborted; files += 1) {
        const moved = await storage.archive.moveOut(tenant.id, {
          ...{ before, folder: archivePath, now: services.now() },
          // The record that an archive itself leaves is no reason for the next one.
          least: 2,
        })
        if (!moved) return
        const { first, last, file } = moved
        log.info({ tenant: tenant.id, first, last, file }, 'audit records were moved into an archive')
      }
    })
  }
}

/** Told when it is scheduled and again before it is due; then everything of the tenant goes. */
async function lookAtPurge(services: Services, purge: Purge): Promise<void> {
  const { storage, log } = services
  const now = services.now()
  const { id: tenantId, dueAt, announced, startedAt } = purge
  if (startedAt === null && (await storage.installations.findByTenant(tenantId)) !== null) {
    // It was to lose its last workspace, and did not.
    if (await storage.purges.cancel(tenantId)) log.info({ tenant: tenantId }, 'a purge of a tenant that stayed is off')
    return
  }
  if (startedAt !== null || now >= dueAt) {
    const rows = await storage.purges.run(tenantId, now)
    services.knowledge.drop(tenantId)
    log.info({ tenant: tenantId, rows }, 'a tenant that uninstalled NOX was purged')
    return
  }
  if (announced === 0 || (announced === 1 && dueAt - now <= remindDays * dayMs)) await announce(services, purge)
}

/** By letter alone: Slack carries nothing more. Who runs NOX reads in the log where no letter could be sent. */
async function announce(services: Services, { id: tenantId, dueAt }: Purge): Promise<void> {
  const { storage, mailer, log } = services
  const tenant = await storage.tenants.find(tenantId)
  const date = new Date(dueAt).toISOString().slice(0, 10)
  if (!tenant?.contact || !mailer) {
    const why = mailer ? 'the tenant gave no address' : 'NOX sends no e-mail here'
    log.warn({ tenant: tenantId, date, why }, 'a tenant that uninstalled NOX is purged then, and could not be told')
  } else {
    const inWords = new Intl.DateTimeFormat(tenant.language, { dateStyle: 'long', timeZone: tenant.timeZone })
    const day = inWords.format(dueAt)
    const { layOutMail } = await import('../../email/layout.ts')
    const content = {
      title: phrase('purge.mail.title', { tenant: tenant.name, date: day }),
      lines: [phrase('purge.mail.about', { date: day }), phrase('purge.mail.again')],
    }
    await mailer.send({ to: tenant.contact, ...layOutMail(tenant.language, content) })
    log.info({ tenant: tenantId, date }, 'a purge was announced to the admins of a tenant')
  }
  await storage.purges.announced(tenantId)
}
