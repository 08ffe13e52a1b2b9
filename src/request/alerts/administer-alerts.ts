import { randomBytes } from 'node:crypto'
import type { Services } from '../../actions/services.ts'
import { type AlertRoute, type AlertSettings, type AlertSource, alertSourceNames } from '../../domain/alert.ts'
import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Member } from '../../domain/member.ts'
import { peopleOfGroup } from '../../domain/on-call.ts'
import { mayConfigure } from '../../permissions/index.ts'
import type { AlertHook } from '../../storage/types/alert-settings.ts'
import type { Edition } from '../../storage/types/edition.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { hashSecret } from '../../vault/hash-secret.ts'
import { type Form, failed } from '../administration/form.ts'
import { differences } from '../governance/differences.ts'
import { administrationEntry, createGuard } from '../governance/guard.ts'
import type { Saved } from '../governance/team.ts'
import { checkQuiet, checkRota, checkRoute, checkSubscription, mostRotas, mostRoutes } from './check-alert-forms.ts'
import { type AlertPart, maySubscribe } from './forms.ts'
import { testRoute } from './test-route.ts'

/** A row that a form was opened on: a route's id or a rota's group, `''` = a new one. */
interface Row {
  readonly id: string
  readonly version: number
}

/** What people set up for alerts. Each call checks the rights of who calls anew, and leaves a record. */
export interface AlertAdministration {
  read(tenantId: string): Promise<Edition<AlertSettings>>
  hooks(tenantId: string): Promise<readonly AlertHook[]>
  save(tenantId: string, userId: string, part: AlertPart, form: Form, row: Row): Promise<Saved<AlertSettings>>
  remove(tenantId: string, userId: string, part: 'route' | 'rota', row: Row): Promise<Saved<AlertSettings>>
  /** Makes an address; the one of before ends. Its secret is told here once, and kept nowhere. */
  makeHook(
    tenantId: string,
    userId: string,
    source: AlertSource,
  ): Promise<{ readonly url: string } | { readonly refused: Phrase }>
  /** `null` = the address is closed; else why not. */
  closeHook(tenantId: string, userId: string, source: AlertSource): Promise<Phrase | null>
  /** Sends a message that says it is a test, the way that the route's alerts go; in words what came of it. */
  test(tenantId: string, userId: string, routeId: string): Promise<readonly Phrase[]>
}

/** @param hookUrl the address that a source of alerts sends to, with its secret */
export function createAlertAdministration(
  services: Services,
  hookUrl: (tenantId: string, source: string, secret: string) => string,
): AlertAdministration {
  const { storage, now } = services
  const guard = createGuard(services)
  const refusal = (tenantId: string, userId: string, command: string, part?: AlertPart) =>
    part === 'mine'
      ? guard.refusal(tenantId, userId, command, 'flag.canReceiveAlerts', maySubscribe)
      : guard.refusal(tenantId, userId, command, 'flag.canConfigureIntegrations', mayConfigure)
  const entryOf = (userId: string, command: string, resource: string, details: AuditEntry['details'] = {}) =>
    administrationEntry(now(), userId, { command, resource, result: 'changed', details })

  async function change(
    tenantId: string,
    row: Row,
    after: AlertSettings,
    entry: AuditEntry,
    isOwn = false,
  ): Promise<Saved<AlertSettings>> {
    const current = await storage.alertSettings.read(tenantId)
    const stale = { kind: 'stale', say: phrase('form.stale'), now: current } as const
    if (!isOwn && current.version !== row.version) return stale
    const saved = await storage.alertSettings.save(tenantId, after, current.version, entry)
    return saved ? { kind: 'saved', afterwards: async () => {} } : stale
  }

  return {
    read: (tenantId) => storage.alertSettings.read(tenantId),
    hooks: (tenantId) => storage.alertHooks.list(tenantId),
    async save(tenantId, userId, part, form, row) {
      const refused = await refusal(tenantId, userId, `alerts.${part}`, part)
      if (refused) return { kind: 'refused', say: refused }
      const { value: settings } = await storage.alertSettings.read(tenantId)
      const members = await storage.members.list(tenantId)
      const changed = changedBy(settings, members, { part, form, id: row.id, userId, newId: services.newId() })
      if (!changed.ok) return { kind: 'wrong', errors: changed.errors }
      const { name, before, after, next } = changed.value
      const entry = entryOf(userId, `alerts.${part}`, name, differences(before, after))
      // What is one's own is changed whatever others changed meanwhile.
      return change(tenantId, row, next, entry, part === 'mine')
    },
    async remove(tenantId, userId, part, row) {
      const refused = await refusal(tenantId, userId, `alerts.${part}.remove`)
      if (refused) return { kind: 'refused', say: refused }
      const { value: settings } = await storage.alertSettings.read(tenantId)
      const { routes, rotas } = settings
      const route = routes.find(({ id }) => id === row.id)
      const name = part === 'route' ? route?.name : rotas.find(({ group }) => group === row.id)?.group
      if (name === undefined) return { kind: 'refused', say: phrase('form.gone') }
      const isUsed = part === 'rota' && routes.some(({ rota }) => rota === row.id)
      if (isUsed) return { kind: 'refused', say: phrase('alerts.rota.used', { name }) }
      const next =
        part === 'route'
          ? { ...settings, routes: routes.filter(({ id }) => id !== row.id) }
          : { ...settings, rotas: rotas.filter(({ group }) => group !== row.id) }
      return change(tenantId, row, next, entryOf(userId, `alerts.${part}.remove`, name))
    },
    async makeHook(tenantId, userId, source) {
      const refused = await refusal(tenantId, userId, 'alerts.hook')
      if (refused) return { refused }
      // Letters and digits alone: whatever draws it changes nothing of it.
      const secret = randomBytes(24).toString('hex')
      const hook = { tenantId, source, secretHash: hashSecret(secret), createdBy: userId, createdAt: now() }
      await storage.alertHooks.save(hook, entryOf(userId, 'alerts.hook', alertSourceNames[source]))
      return { url: hookUrl(tenantId, source, secret) }
    },
    async closeHook(tenantId, userId, source) {
      const refused = await refusal(tenantId, userId, 'alerts.hook.remove')
      if (refused) return refused
      await storage.alertHooks.remove(tenantId, source, entryOf(userId, 'alerts.hook.remove', alertSourceNames[source]))
      return null
    },
    async test(tenantId, userId, routeId) {
      const refused = await refusal(tenantId, userId, 'alerts.test')
      if (refused) return [refused]
      const { value: settings } = await storage.alertSettings.read(tenantId)
      const route = settings.routes.find(({ id }) => id === routeId)
      if (!route) return [phrase('form.gone')]
      const said = await testRoute(services, tenantId, userId, route, settings)
      const done = administrationEntry(now(), userId, { command: 'alerts.test', resource: route.name, result: 'done' })
      await storage.audit.append(tenantId, done)
      return said
    },
  }
}

interface Changed {
  readonly name: string
  readonly before: object
  readonly after: object
  readonly next: AlertSettings
}

/** The settings after a form, and what it changed of them. */
function changedBy(
  settings: AlertSettings,
  members: readonly Member[],
  { part, form, id, userId, newId }: { part: AlertPart; form: Form; id: string; userId: string; newId: string },
) {
  const done = (name: string, before: object | undefined | null, after: object | null, next: AlertSettings) =>
    ({ ok: true, value: { name, before: before ?? {}, after: after ?? {}, next } satisfies Changed }) as const
  if (part === 'route') {
    const before = settings.routes.find((each) => each.id === id)
    if (id !== '' && !before) return failed({ name: phrase('form.gone') })
    if (!before && settings.routes.length >= mostRoutes)
      return failed({ name: phrase('form.tooMany', { n: mostRoutes }) })
    const checked = checkRoute(form, before?.id ?? newId, settings)
    if (!checked.ok) return checked
    const after: AlertRoute = checked.value
    const routes = before ? settings.routes.map((each) => (each.id === id ? after : each)) : [...settings.routes, after]
    return done(after.name, before, after, { ...settings, routes })
  }
  if (part === 'rota') {
    const before = settings.rotas.find((each) => each.group === id)
    if (id !== '' && !before) return failed({ name: phrase('form.gone') })
    if (!before && settings.rotas.length >= mostRotas) return failed({ name: phrase('form.tooMany', { n: mostRotas }) })
    const checked = checkRota(form, id, settings, (group) => peopleOfGroup(members, group).length)
    if (!checked.ok) return checked
    const after = checked.value
    const rotas = before ? settings.rotas.map((each) => (each.group === id ? after : each)) : [...settings.rotas, after]
    const routes = settings.routes.map((each) => (before && each.rota === id ? { ...each, rota: after.group } : each))
    return done(after.group, before, after, { ...settings, rotas, routes })
  }
  if (part === 'quiet') {
    const checked = checkQuiet(form)
    return checked.ok ? done('quiet', settings.quiet, checked.value, { ...settings, quiet: checked.value }) : checked
  }
  const checked = checkSubscription(form, userId)
  if (!checked.ok) return checked
  const before = settings.subscriptions.find((each) => each.userId === userId)
  const others = settings.subscriptions.filter((each) => each.userId !== userId)
  const subscriptions = checked.value ? [...others, checked.value] : others
  return done(userId, before, checked.value, { ...settings, subscriptions })
}
