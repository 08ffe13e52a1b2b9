import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultMember } from '../../src/permissions/index.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant, entry, newAction, quota } from './actions.ts'
import { testKey } from './each-database.ts'

export const seededTenants = ['T1', 'T2', 'T3'] as const

/** Fills a database as a year of use would, in small: every table, more rows than one page holds. */
export async function seedInstallation(where: Parameters<typeof openStorage>[0]): Promise<void> {
  const storage = await openStorage(where, createVault([testKey]))
  try {
    for (const tenantId of seededTenants) await seedOne(storage, tenantId)
    await storage.installations.remove('W-T3')
    await storage.purges.schedule('T3', 9_000_000_000_000)
    await storage.claims.take('work', 'somebody', 1)
    await storage.oauthStates.put('state', '{"scopes":[]}', 9_000_000_000_000)
  } finally {
    await storage.close()
  }
}

async function seedOne(storage: Storage, tenantId: string): Promise<void> {
  await createTenant(storage, tenantId)
  await storage.members.create(
    defaultMember('company', 'member', { tenantId, id: 'M1', slackUserId: 'U1', name: 'Ève 🦊 d’Arc' }),
  )
  const invitation = {
    tenantId,
    id: 'I1',
    email: 'a@b.fr',
    member: {} as never,
    invitedBy: 'U1',
    createdAt: 7,
    expiresAt: 9,
  }
  await storage.invitations.save(invitation, `hash of ${tenantId}`, entry({ at: 7 }))
  const awaited = { tenantId, id: 'J1', createdBy: 'U1', createdAt: 7, expiresAt: 9_000_000_000_000 }
  await storage.workspaceJoins.issue(awaited, `code of ${tenantId}`, entry({ at: 7 }))
  const link = { tenantId, group: 'seniors', userGroupId: 'S1', handle: 'seniors', trouble: null, syncedAt: 7 } as const
  await storage.groupLinks.save({ ...link, linkedBy: 'U1' }, entry({ at: 7 }))
  await storage.zones.save({ tenantId, id: 'Z1', name: 'prod' } as never)
  await storage.catalogue.saveCluster(
    { tenantId, id: 'K1', name: 'prod', environments: [], namespaces: [], isDefault: true, checkedAt: null },
    { server: 'https://k8s.example.com', token: `token of ${tenantId}` } as never,
  )
  const alert = {
    source: 'grafana',
    fingerprint: 'f1',
    title: 'Slow <!here>',
    summary: '',
    severity: 'critical',
    service: 'user-api',
    environment: 'production',
    labels: { team: 'a' },
    links: [],
    state: 'firing',
    at: 7,
  } as const
  await storage.alerts.receive(tenantId, [{ alert, digest: 'd1' }], 7)
  await storage.alerts.saveStorm(tenantId, 'C1', { tokens: { left: 3, at: 7 }, storms: [] })
  const hook = {
    tenantId,
    source: 'grafana',
    secretHash: `hash of ${tenantId}`,
    createdBy: 'U1',
    createdAt: 7,
  } as const
  await storage.alertHooks.save(hook, entry({ at: 7 }))
  const settings = { routes: [], rotas: [], quiet: null, subscriptions: [] }
  await storage.alertSettings.save(tenantId, settings, 0, entry({ at: 7 }))
  await storage.catalogue.saveService({ tenantId, id: 'S1', name: 'user-api' } as never)
  await storage.catalogue.saveBackupTarget({ tenantId, id: 'B1', name: 'client-z' } as never)
  await storage.tenants.setChannelDefault(tenantId, 'C1', { service: 'user-api' })
  await storage.aliases.save({ tenantId, name: 'prod-api', text: 'user-api', createdBy: 'U1', createdAt: 3 })
  await storage.schedules.create({
    tenantId,
    id: `SC-${tenantId}`,
    number: 900,
    ownerId: 'U1',
    order: { command: 'backup', args: { target: 'client-z' } },
    language: 'fr',
    cron: '0 2 * * *',
    timeZone: 'Europe/Paris',
    place: { channel: 'slack', conversationId: 'C1', threadTs: '1.1', kind: 'channel' },
    state: 'active',
    nextDueAt: 1_000,
    lastRunAt: null,
    createdAt: 4,
  })
  await storage.schedules.startRun(tenantId, `SC-${tenantId}`, {
    from: 1_000,
    dueAt: 1_000,
    nextDueAt: 9_000_000_000_000,
    action: null,
  })
  await storage.billing.save(
    tenantId,
    { customerId: `cus_${tenantId}`, subscription: { id: 'sub_1', plan: 'pro' } as never, version: 0 },
    { event: { id: `evt_${tenantId}`, type: 'invoice.paid', createdAt: 4 } },
  )
  await storage.billing.tellOnce(tenantId, 'actions.80', 6)
  const announcement = { title: `INC of ${tenantId}`, tone: 'bad', paragraphs: [], language: 'fr' } as const
  await storage.announcements.add(
    { tenantId, id: `AN-${tenantId}`, channel: 'direction', announcement, createdAt: 5 },
    5,
  )
  await storage.billing.setMetered(tenantId, '2026-11', { reported: 0, pending: 0 }, { reported: 3, pending: 4 })
  await storage.incidents.create(
    {
      tenantId,
      id: `IN-${tenantId}`,
      number: 901,
      title: 'base pleine',
      severity: 'sev2',
      service: 'user-api',
      state: 'open',
      openedBy: 'U1',
      openedAt: 5,
      lead: null,
      communication: 'U1',
      acknowledgedAt: null,
      resolvedAt: null,
      place: { channel: 'slack', conversationId: 'C1', threadTs: '1.1', kind: 'channel' },
      language: 'fr',
      ticket: null,
      suspect: null,
      nextUpdateAt: 9_000_000_000_000,
    },
    { id: 'E1', at: 5, by: 'U1', kind: 'opened' },
  )
  await storage.integrations.save({ tenantId, vendor: 'github', name: 'GitHub' } as never, {
    token: `ghp of ${tenantId}`,
  })
  await storage.installations.save({
    tenantId,
    workspaceId: `W-${tenantId}`,
    isOrgWide: tenantId === 'T2',
    appId: 'A1',
    botToken: `xoxb-${tenantId}`,
    botUserId: 'U0',
    botId: 'B0',
    scopes: ['chat:write'],
    installerUserId: 'U1',
    installedAt: 5,
  })
  const orders = Array.from({ length: 250 }, () => newAction({ tenantId, quota: quota(1_000, 10_000) }))
  await Promise.all(orders.map((order) => storage.ledger.accept(order)))
  await Promise.all(
    orders.map(({ id }, at) =>
      storage.ledger.finish(tenantId, id, 1, {
        state: 'done',
        audit: entry({ at, actionId: id, details: { note: `naïve “${at}” \u2028` } }),
        giveBack: false,
        messageTs: `${at}.1`,
        now: 2_000 + at,
      }),
    ),
  )
  const folder = await mkdtemp(join(tmpdir(), 'nox-archive-'))
  await storage.archive.moveOut(tenantId, { before: 8, most: 1, folder, now: 9 })
  await rm(folder, { recursive: true })
}

/** All that a tenant's people could see of it, to compare two databases by. */
export async function readInstallation(where: Parameters<typeof openStorage>[0]) {
  const storage = await openStorage(where, createVault([testKey]))
  try {
    const tenants = await storage.tenants.list()
    return await Promise.all(
      tenants.map(async (tenant) => ({
        tenant,
        members: await storage.members.list(tenant.id),
        invitations: await storage.invitations.list(tenant.id),
        invited: await storage.invitations.find(tenant.id, `hash of ${tenant.id}`),
        join: await storage.workspaceJoins.find(tenant.id, `code of ${tenant.id}`, 8),
        groupLinks: await storage.groupLinks.list(tenant.id),
        zones: await storage.zones.list(tenant.id),
        clusters: await storage.catalogue.clusters(tenant.id),
        access: await storage.catalogue.clusterAccess(tenant.id, 'K1'),
        alerts: await storage.alerts.list(tenant.id, {}, 100),
        storm: await storage.alerts.storm(tenant.id, 'C1'),
        alertHooks: await storage.alertHooks.list(tenant.id),
        alertSettings: await storage.alertSettings.read(tenant.id),
        services: await storage.catalogue.services(tenant.id),
        backupTargets: await storage.catalogue.backupTargets(tenant.id),
        channelDefaults: [...(await storage.tenants.channelDefaults(tenant.id))],
        aliases: await storage.aliases.list(tenant.id),
        schedules: await storage.schedules.list(tenant.id, { states: ['active'], limit: 9 }),
        incidents: await storage.incidents.list(tenant.id, { states: ['open'], limit: 9 }),
        incidentEvents: await storage.incidents.events(tenant.id, `IN-${tenant.id}`, 9),
        announcements: (await storage.announcements.due(9, 99)).filter(({ tenantId }) => tenantId === tenant.id),
        scheduleRuns: await storage.schedules.runs(tenant.id, `SC-${tenant.id}`, 9),
        integrations: await storage.integrations.list(tenant.id),
        integrationSecrets: await storage.integrations.secrets(tenant.id, 'github'),
        billing: await storage.billing.find(tenant.id),
        event: await storage.billing.hasEvent(tenant.id, `evt_${tenant.id}`),
        told: !(await storage.billing.tellOnce(tenant.id, 'actions.80', 9)),
        metered: await storage.billing.metered(tenant.id, '2026-11'),
        installation: await storage.installations.findByTenant(tenant.id),
        workspaceOf: await storage.installations.tenantOf(`W-${tenant.id}`),
        quota: await storage.tenants.quotaUsed(tenant.id, 'M1', '2026-11-24', '2026-11'),
        actions: (await storage.ledger.list(tenant.id, { limit: 1_000 })).toSorted((a, b) => a.number - b.number),
        audit: await storage.audit.list(tenant.id, { limit: 1_000 }),
        chain: await storage.audit.verify(tenant.id),
        archived: await storage.archive.checkpoints(tenant.id),
        purges: await storage.purges.list(),
      })),
    )
  } finally {
    await storage.close()
  }
}
