import type { ClusterAccess } from '../capabilities/clusters.ts'
import type { Action, ActionPlan, ActionState, WaitingDetails, WaitingFor } from '../domain/action.ts'
import type { Alert, AlertSettings, AlertSource, AlertStorm, KeptAlert } from '../domain/alert.ts'
import type { Alias } from '../domain/alias.ts'
import type { AuditEntry, AuditRecord } from '../domain/audit-record.ts'
import type { BackupTarget, Cluster, Service } from '../domain/catalogue.ts'
import type { ChannelDefault } from '../domain/channel-default.ts'
import type { Arguments, Language } from '../domain/command-spec.ts'
import type { GroupLink } from '../domain/group-link.ts'
import type { Incident, IncidentChange, IncidentEvent, IncidentState } from '../domain/incident.ts'
import type { Integration, Vendor } from '../domain/integration.ts'
import type { Invitation } from '../domain/invitation.ts'
import type { Member } from '../domain/member.ts'
import type { OrderOrigin } from '../domain/origin.ts'
import type { Place } from '../domain/request.ts'
import type { Schedule, ScheduleState } from '../domain/schedule.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { Installation, Tenant, WorkspaceJoin } from '../domain/tenant.ts'
import type { Zone } from '../domain/zone.ts'

/** Where NOX keeps everything, the same on SQLite and Postgres. Every call names its tenant and sees no other. */
export interface Storage {
  readonly dialect: 'sqlite' | 'postgres'
  readonly ledger: Ledger
  readonly audit: AuditLog
  readonly archive: AuditArchive
  readonly purges: Purges
  readonly tenants: Tenants
  readonly members: Members
  readonly zones: Zones
  readonly aliases: Aliases
  readonly schedules: Schedules
  readonly incidents: Incidents
  readonly catalogue: Catalogue
  readonly integrations: Integrations
  readonly alerts: KeptAlerts
  readonly alertHooks: AlertHooks
  readonly alertSettings: AlertSettingsStore
  readonly claims: Claims
  readonly billing: Billing
  readonly installations: Installations
  readonly workspaceJoins: WorkspaceJoins
  readonly oauthStates: OauthStates
  readonly invitations: Invitations
  readonly groupLinks: GroupLinks
  /** Wraps the data key of every tenant with the first master key; gives how many. */
  rotateKeys(): Promise<number>
  /** Makes the months that come, where tables are kept by month; asked once a day. */
  keepMonths(now: number): Promise<void>
  /** Resolves where the database answers; for `/readyz`. */
  ping(): Promise<void>
  /** Writes out what lingers, then closes. */
  close(): Promise<void>
}

/** Units of quota that an action takes: the person's day first, then the tenant's month. */
export interface QuotaClaim {
  /** `2026-11-24` in the tenant's zone. */
  readonly day: string
  readonly dayLimit: number
  /** `2026-11` in the tenant's zone. */
  readonly month: string
  /** `null` = unlimited. */
  readonly monthLimit: number | null
}

/** The day and the month of quotas, in the tenant's zone: `2026-11-24`, `2026-11`. */
export type QuotaPeriods = Pick<QuotaClaim, 'day' | 'month'>

/** Units that are used in a person's day and in their tenant's month. */
export interface UsedUnits {
  readonly day: number
  readonly month: number
}

/** A request on its way into the ledger: always `running`, with fence 1 and a lease. */
export interface NewAction {
  readonly tenantId: string
  readonly id: string
  readonly eventId: string
  readonly memberId: string
  readonly userId: string
  readonly place: Place
  /** A message that the action takes over (an approval asked on a refusal). */
  readonly messageTs?: string
  readonly command: string
  readonly args: Arguments
  readonly language: Language
  readonly environment: string | null
  readonly resource: string | null
  readonly plan: ActionPlan
  /** Waits for the order before it, without a lease. */
  readonly isQueued?: boolean
  readonly origin?: OrderOrigin | null
  /** `null` = takes no quota. */
  readonly quota: QuotaClaim | null
  /** What is used in these is told with the acceptance: it costs an order that tells it no look of its own. */
  readonly tellsUsed?: QuotaPeriods | null
  readonly now: number
  /** How long its runner may be silent (ms), from now on by the clock of the database. */
  readonly leaseMs: number
}

export type Accepted =
  /** `used`: where it was asked for. */
  | { readonly kind: 'accepted'; readonly action: Action; readonly used?: UsedUnits }
  /** The event was here before: nothing was written. */
  | { readonly kind: 'duplicate'; readonly action: Action }
  /** Stored as `refused` with its audit record (`rule: quota.day | quota.month`); nothing was taken. */
  | { readonly kind: 'exhausted'; readonly action: Action; readonly which: 'day' | 'month'; readonly limit: number }

/** What figures count of an action. */
export type CountedAction = Pick<
  Action,
  'userId' | 'command' | 'environment' | 'resource' | 'state' | 'createdAt' | 'startedAt' | 'finishedAt'
>

export interface Waiting {
  readonly waitingFor: WaitingFor
  readonly waiting: WaitingDetails
  readonly expiresAt: number
}

/** How an action ends: its last state, and what the audit log says of it, in one unit. */
export interface Ending {
  readonly state: ActionState
  readonly audit: AuditEntry
  /** True where nothing was done outside: the quota that it took is given back. */
  readonly giveBack: boolean
  /** The action's message, where it is known; absent = as it stands. */
  readonly messageTs?: string | null
  readonly now: number
}

/** The durable ledger of orders. Calls with a `fence` change nothing and give `false` where it is no longer theirs. */
export interface Ledger {
  /**
   * One unit, durable when it resolves: the row, its number, both quotas.
   * @param onWritten told, where the database can, when the unit is written and not yet durable
   */
  accept(action: NewAction, onWritten?: (accepted: Accepted) => void): Promise<Accepted>
  /** Several orders of one message: one unit for all of them. */
  acceptAll(actions: readonly NewAction[]): Promise<readonly Accepted[]>
  find(tenantId: string, id: string): Promise<Action | null>
  findByEvent(tenantId: string, eventId: string): Promise<Action | null>
  findByNumber(tenantId: string, number: number): Promise<Action | null>
  /** The newest orders in a thread, newest first. */
  inThread(tenantId: string, conversationId: string, threadTs: string, limit: number): Promise<readonly Action[]>
  /** Newest first. */
  list(
    tenantId: string,
    filter: {
      readonly userId?: string
      readonly command?: string
      readonly states?: readonly ActionState[]
      readonly limit: number
    },
  ): Promise<readonly Action[]>
  /** Actions since a moment, for figures: the newest so many, oldest first. Orders without a command are none. */
  counted(tenantId: string, since: number, limit: number): Promise<readonly CountedAction[]>
  lastDone(tenantId: string, command: string, resource: string): Promise<Action | null>

  setMessage(tenantId: string, id: string, fence: number, messageTs: string): Promise<boolean>
  setStep(tenantId: string, id: string, fence: number, step: string): Promise<boolean>
  /** Another lease from now on for actions of one tenant; gives those still held, with who asked to cancel them meanwhile. */
  renew(
    tenantId: string,
    held: readonly { readonly id: string; readonly fence: number }[],
    leaseMs: number,
  ): Promise<ReadonlyMap<string, { readonly cancelRequestedBy: string | null }>>
  /** running → waiting; the audit record (`requested`) where one is given. */
  wait(tenantId: string, id: string, fence: number, waiting: Waiting, audit?: AuditEntry): Promise<boolean>
  /** running | unknown → an end. May linger up to 5 ms to share a commit. */
  finish(tenantId: string, id: string, fence: number, ending: Ending): Promise<boolean>
  /** Leaves the action to others at once (shutdown): its lease ends now. */
  release(tenantId: string, id: string, fence: number): Promise<boolean>

  /** The message of a waiting action. */
  setWaitingMessage(tenantId: string, id: string, messageTs: string): Promise<void>
  /** Other facts or another question of a waiting action (`false` = it waits no more). */
  setWaiting(tenantId: string, id: string, waiting: Waiting, args?: Arguments): Promise<boolean>
  /** Adds one approval of one person, each person once; gives the approvals so far, or `null` where it waits no more. */
  addApproval(tenantId: string, id: string, userId: string, at: number): Promise<readonly string[] | null>
  /** The direct messages that ask for an approval; gives what it waits with now, `null` = it was decided meanwhile. */
  setDirects(
    tenantId: string,
    id: string,
    directs: NonNullable<WaitingDetails['directs']>,
  ): Promise<WaitingDetails | null>
  /** waiting | unknown | queued → running with a new fence, exactly once (`null` = someone else was first); takes the quota. */
  begin(
    tenantId: string,
    id: string,
    begin: {
      readonly now: number
      readonly leaseMs: number
      readonly quota: QuotaClaim | null
      readonly plan: ActionPlan
      readonly args?: Arguments
      readonly origin?: OrderOrigin | null
      readonly environment?: string | null
      readonly resource?: string | null
      readonly audit?: AuditEntry
    },
  ): Promise<Accepted | null>
  /** waiting | unknown | queued → an end, exactly once. */
  settle(tenantId: string, id: string, ending: Ending): Promise<boolean>
  /** A running action is to stop: its runner learns it with its next renewal. `false` = it runs no more. */
  requestCancel(tenantId: string, id: string, userId: string): Promise<boolean>

  /**
   * Across tenants, the oldest of each before the second of any: claims running actions whose lease ran out (`all`: every
   * one, at the start of the only process).
   */
  takeAbandoned(options: {
    readonly leaseMs: number
    readonly limit: number
    readonly all?: boolean
  }): Promise<readonly Action[]>
  /** Across tenants: waiting actions past their time become `expired`, with their audit record. */
  expireOverdue(now: number, limit: number): Promise<readonly Action[]>
  /** Across tenants: waiting actions that have no message although they began before `before`. */
  listUntold(before: number, limit: number): Promise<readonly Action[]>
  /** Across tenants: actions that wait for the one before them, the oldest of each tenant before the second of any. */
  listQueued(limit: number): Promise<readonly Action[]>
  /** For the metrics: running and waiting actions of all tenants. */
  countOpen(): Promise<{ readonly running: number; readonly waiting: number }>
}

export interface AuditFilter {
  readonly actor?: string
  readonly command?: string
  readonly environment?: string
  readonly resource?: string
  readonly result?: string
  readonly since?: number
  readonly limit: number
  /** Records before this number, for pages. */
  readonly beforeSeq?: number
}

export interface ChainReport {
  readonly ok: boolean
  readonly count: number
  /** The first record that does not fit, by its number. */
  readonly brokenAt: number | null
  /** Records up to this one were moved into archive files; absent = none. */
  readonly archived?: number
}

export interface AuditPage {
  readonly records: readonly AuditRecord[]
  /** `beforeSeq` of the next page; `null` = nothing older is left to look at. */
  readonly older: number | null
  /** Records up to this one are in archive files; 0 = none. */
  readonly archived: number
}

/** Where a tenant's log begins and ends in the database. */
export interface AuditBounds {
  /** Its last record; 0 = there is none. */
  readonly newest: number
  /** Records up to this one are in archive files; 0 = none. */
  readonly archived: number
}

export interface AuditProof {
  readonly record: AuditRecord
  readonly fits: boolean
}

/** What a reading verified: records `from` to `count`, of which `earlier` ones by readings before. */
export interface RecentChainReport extends ChainReport {
  readonly from: number
  readonly earlier: number
}

/** Append-only, hash-chained per tenant. */
export interface AuditLog {
  append(tenantId: string, entry: AuditEntry): Promise<AuditRecord>
  /** Newest first. */
  list(tenantId: string, filter: AuditFilter): Promise<readonly AuditRecord[]>
  bounds(tenantId: string): Promise<AuditBounds>
  /**
   * As `list`, but looks at no more than so many records before `beforeSeq`: what it costs does not grow with the log.
   * @param known read a moment ago; absent = they are read first, which is one round trip more
   */
  search(tenantId: string, filter: AuditFilter, window: number, known?: AuditBounds): Promise<AuditPage>
  /** One record, and whether it fits its own text and the record before it. */
  proof(tenantId: string, seq: number): Promise<AuditProof | null>
  /** Reads the whole chain in pages and recomputes each hash. */
  verify(tenantId: string): Promise<ChainReport>
  /** Cheap also for a long chain: what is new since this process verified it last, at first its newest records. */
  verifyRecent(tenantId: string): Promise<RecentChainReport>
}

/** What a signed checkpoint says: records `first` to `last` were moved into a file, and where the chain stood. */
export interface Checkpoint {
  readonly tenantId: string
  readonly first: number
  readonly last: number
  /** The hash of the record before the first, and of the last. */
  readonly previousHash: string
  readonly hash: string
  /** When they were moved (ms since 1970). */
  readonly at: number
  readonly file: string
}

/** Moves old audit records out of the database (docs/decisions/0018). */
export interface AuditArchive {
  checkpoints(tenantId: string): Promise<readonly Checkpoint[]>
  /** Was this checkpoint signed here, and does the database know it? */
  isKnown(checkpoint: Checkpoint, signed: { readonly signature: string; readonly publicKey: string }): Promise<boolean>
  /**
   * Moves records older than `before` into a file in `folder`, at most so many; never the newest one of all.
   * @returns the checkpoint; `null` = there was nothing to move
   * @throws NoxError `storage` where the chain is broken: nothing is moved then
   */
  moveOut(tenantId: string, options: MoveOptions): Promise<Checkpoint | null>
}

export interface MoveOptions {
  /** Ms since 1970. */
  readonly before: number
  readonly folder: string
  readonly now: number
  /** Fewer than these are not worth a file; absent = 1. */
  readonly least?: number
  /** Records of one file; absent = 50,000. */
  readonly most?: number
}

/** A tenant that is to be purged, or was. */
export interface Purge {
  readonly id: string
  readonly dueAt: number
  /** Letters that its admins got. */
  readonly announced: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly rows: number
}

/** Tenants whose data goes after they uninstalled NOX. */
export interface Purges {
  /** From now on it is due then; one that is scheduled already stays as it is. @returns whether it is new */
  schedule(tenantId: string, dueAt: number): Promise<boolean>
  /** The tenant is back. @returns whether a purge was called off; `false` also where it has begun */
  cancel(tenantId: string): Promise<boolean>
  announced(tenantId: string): Promise<void>
  list(): Promise<readonly Purge[]>
  /**
   * Deletes everything of a tenant; one that broke off goes on where it was. What stays is its id and when that was.
   * @returns rows that were deleted
   * @throws NoxError `bad-input` where NOX is still installed for it
   */
  run(tenantId: string, now: number): Promise<number>
}

export interface Tenants {
  create(tenant: Omit<Tenant, 'createdAt'>, now: number): Promise<Tenant>
  find(tenantId: string): Promise<Tenant | null>
  list(): Promise<readonly Tenant[]>
  update(
    tenantId: string,
    change: Partial<
      Pick<
        Tenant,
        | 'kind'
        | 'name'
        | 'plan'
        | 'planUntil'
        | 'settledPlan'
        | 'look'
        | 'language'
        | 'timeZone'
        | 'contact'
        | 'setUpAt'
        | 'aliasesLocked'
      >
    >,
    audit?: AuditEntry,
  ): Promise<void>
  /** Units of quota that were used. */
  quotaUsed(tenantId: string, memberId: string, day: string, month: string): Promise<UsedUnits>
  /** What each channel stands for, by its conversation. */
  channelDefaults(tenantId: string): Promise<ReadonlyMap<string, ChannelDefault>>
  setChannelDefault(tenantId: string, conversationId: string, value: ChannelDefault | null): Promise<void>
}

export interface Members {
  findBySlackId(tenantId: string, slackUserId: string): Promise<Member | null>
  find(tenantId: string, memberId: string): Promise<Member | null>
  /** By name, without those who were removed. */
  list(tenantId: string): Promise<readonly Member[]>
  /**
   * Inserts, or gives the one that is there (two first words at once make one member). Where the plan has no place
   * left, the new one is paused.
   */
  create(member: Member, places?: Places): Promise<Member>
  update(member: Member): Promise<void>
  rename(tenantId: string, memberId: string, name: string): Promise<void>
  /** As an editor sees it, removed ones too. */
  edition(tenantId: string, memberId: string): Promise<Edition<Member> | null>
  /**
   * A new member, or one who was removed and comes back, with the audit record in one unit; `null` = is one already,
   * `full` = the plan has no place left.
   * Gives the member as stored: who comes back keeps their id.
   */
  admit(member: Member, audit: AuditEntry, places?: Places): Promise<Member | null | 'full'>
  /** One unit with its audit record; nothing is written where it gives another word than `changed`. */
  change(member: Member, version: number, audit: AuditEntry): Promise<'changed' | 'stale' | 'no-admin-left'>
}

/** Something that admins edit, with who changed it last. */
export interface Edition<T> {
  readonly value: T
  /** Rises with each change; a change names the version that it was made on. */
  readonly version: number
  readonly changedBy: string | null
  readonly changedAt: number | null
}

export interface Zones {
  list(tenantId: string): Promise<readonly Zone[]>
  save(zone: Zone): Promise<void>
  /** Has anybody changed one since the tenant began? */
  isEdited(tenantId: string): Promise<boolean>
  edition(tenantId: string, zoneId: string): Promise<Edition<Zone> | null>
  /** One unit with its audit record; `version` null = a new zone; `false` = someone else changed it, nothing is written. */
  change(zone: Zone, version: number | null, audit: AuditEntry): Promise<boolean>
  /** As `change`. */
  remove(tenantId: string, zoneId: string, version: number, audit: AuditEntry): Promise<boolean>
}

/** A tenant's own words for orders. */
export interface Aliases {
  list(tenantId: string): Promise<readonly Alias[]>
  /** Inserts or replaces. */
  save(alias: Alias): Promise<void>
  /** `false` = there was none. */
  remove(tenantId: string, name: string): Promise<boolean>
}

/** A schedule that is due, seen across tenants: nothing of what it orders. */
export interface DueSchedule {
  readonly tenantId: string
  readonly id: string
  readonly dueAt: number
}

/** How one due time is taken up. */
export interface ScheduleRun {
  /** The time that the schedule stands at: it moves on from there, once. */
  readonly from: number
  /** The time that is run; not before `from`. */
  readonly dueAt: number
  /** The first time after it; `null` = there is none. */
  readonly nextDueAt: number | null
  /** `null` = it is missed: told, and not run. */
  readonly action: NewAction | null
  readonly audit?: AuditEntry
}

/** Orders that are given again and again. */
export interface Schedules {
  /** Inserts; the same id again changes nothing. */
  create(schedule: Schedule): Promise<void>
  find(tenantId: string, id: string): Promise<Schedule | null>
  findByNumber(tenantId: string, number: number): Promise<Schedule | null>
  /** Oldest first. */
  list(
    tenantId: string,
    filter: { readonly ownerId?: string; readonly states: readonly ScheduleState[]; readonly limit: number },
  ): Promise<readonly Schedule[]>
  /** Leads from one of some states to another, once (`false` = it was in none of them), with an audit record if given. */
  setState(
    tenantId: string,
    id: string,
    change: {
      readonly from: readonly ScheduleState[]
      readonly to: ScheduleState
      readonly nextDueAt: number | null
      readonly audit?: AuditEntry
    },
  ): Promise<boolean>
  /** Other hours, as the tenant is in another zone now; nothing where it is active no more. */
  setTimes(
    tenantId: string,
    id: string,
    times: { readonly timeZone: string; readonly nextDueAt: number | null },
  ): Promise<void>
  /** Across tenants: what is due, the longest due first. */
  listDue(now: number, limit: number): Promise<readonly DueSchedule[]>
  /** Across tenants: active ones whose time zone is no longer their tenant's. */
  listMoved(limit: number): Promise<readonly Omit<DueSchedule, 'dueAt'>[]>
  /**
   * One unit: the due time, the schedule's next one, and the run's action with its number and quota.
   * `null` = this due time was taken up already, or the schedule is active no more: nothing was written.
   */
  startRun(tenantId: string, id: string, run: ScheduleRun): Promise<Accepted | 'missed' | null>
  /** Due times that were taken up, newest first; `actionId` null = missed. */
  runs(
    tenantId: string,
    id: string,
    limit: number,
  ): Promise<readonly { readonly dueAt: number; readonly actionId: string | null }[]>
}

/** Incidents with their timelines. */
export interface Incidents {
  /** Inserts with its first event; the same id again changes nothing. */
  create(incident: Incident, event: IncidentEvent): Promise<void>
  find(tenantId: string, id: string): Promise<Incident | null>
  findByNumber(tenantId: string, number: number): Promise<Incident | null>
  /** Newest first. `since`: opened from then on. */
  list(
    tenantId: string,
    filter: { readonly states: readonly IncidentState[]; readonly since?: number; readonly limit: number },
  ): Promise<readonly Incident[]>
  /** One unit with its event; `false` = it was in none of the states `from`, nothing is written. */
  change(incident: Incident, from: readonly IncidentState[], event: IncidentEvent): Promise<boolean>
  /** One unit with its event; gives the incident as it is then; `null` = there is none. */
  amend(tenantId: string, id: string, change: IncidentChange, event?: IncidentEvent): Promise<Incident | null>
  /** The same event again changes nothing. */
  addEvent(tenantId: string, id: string, event: IncidentEvent): Promise<void>
  /** Oldest first. */
  events(tenantId: string, id: string, limit: number): Promise<readonly IncidentEvent[]>
  /** Across tenants: whose update is due. */
  listDue(now: number, limit: number): Promise<readonly DueSchedule[]>
  /** Moves the next update on, once (`false` = someone else did). */
  moveUpdate(tenantId: string, id: string, from: number, to: number): Promise<boolean>
}

/** Clusters with their encrypted credentials, services and backup targets. */
export interface Catalogue {
  clusters(tenantId: string): Promise<readonly Cluster[]>
  services(tenantId: string): Promise<readonly Service[]>
  backupTargets(tenantId: string): Promise<readonly BackupTarget[]>
  /** `access` absent = the credentials stay as they are. */
  saveCluster(cluster: Cluster, access?: ClusterAccess): Promise<void>
  removeCluster(tenantId: string, clusterId: string): Promise<void>
  clusterAccess(tenantId: string, clusterId: string): Promise<ClusterAccess | null>
  /** Clusters of all tenants that NOX watches. */
  watchedClusters(): Promise<readonly { readonly tenantId: string; readonly id: string }[]>
  saveService(service: Service): Promise<void>
  removeService(tenantId: string, serviceId: string): Promise<void>
  saveBackupTarget(target: BackupTarget): Promise<void>
  removeBackupTarget(tenantId: string, targetId: string): Promise<void>
}

/** What a tenant pays for. */
export interface BillingRow {
  /** Stripe's id of the tenant as a customer. */
  readonly customerId: string
  readonly subscription: Subscription | null
  /** Rises with each change; 0 = there is no row yet. */
  readonly version: number
}

/** Plans, payments, and what was told of them. */
export interface Billing {
  find(tenantId: string): Promise<BillingRow | null>
  /** Tenants of all that ever began to pay. */
  customers(): Promise<readonly { readonly tenantId: string; readonly customerId: string }[]>
  /**
   * One unit: the row, the event that told it, what the tenant has now, and its audit record. `row.version` is the one
   * that it was made on: `stale` = someone was faster; `duplicate` = the event was taken before; nothing is written then.
   */
  save(
    tenantId: string,
    row: BillingRow,
    more: {
      readonly event?: { readonly id: string; readonly type: string; readonly createdAt: number }
      readonly tenant?: Pick<Tenant, 'plan'> & { readonly planUntil: number | null }
      readonly audit?: AuditEntry
    },
  ): Promise<'saved' | 'stale' | 'duplicate'>
  hasEvent(tenantId: string, eventId: string): Promise<boolean>
  /** The plan that people and integrations were fitted to; `false` = someone else did it. */
  settle(tenantId: string, from: string | null, to: string, audit?: AuditEntry): Promise<boolean>
  /** `true` for the one that may tell it. */
  tellOnce(tenantId: string, key: string, now: number): Promise<boolean>
  /** It could not be told: it may be tried again. */
  untell(tenantId: string, key: string): Promise<void>
  /** Units that tenants used in these months, of all tenants. */
  monthsUsed(
    periods: readonly string[],
  ): Promise<readonly { readonly tenantId: string; readonly period: string; readonly used: number }[]>
  /** Actions of the ledger that hold a unit of this month: those that ended, and those that may still give it back. */
  countedInMonth(tenantId: string, period: string): Promise<{ readonly ended: number; readonly open: number }>
  /** When each member ordered last (ms since 1970), by their id. */
  lastActive(tenantId: string): Promise<ReadonlyMap<string, number>>
  /** Units of a month that the meter was told, and that it is being told. */
  metered(tenantId: string, period: string): Promise<Metered>
  /** `false` = it stood otherwise than `from`; nothing is written. */
  setMetered(tenantId: string, period: string, from: Metered, to: Metered): Promise<boolean>
}

export interface Metered {
  readonly reported: number
  readonly pending: number
}

/** How many places a plan has, and who takes one. */
export interface Places {
  readonly most: number | null
  takes(member: Member): boolean
  readonly now: number
}

/** One notification, and what a repeated delivery of it is known by. */
export interface AlertArrival {
  readonly alert: Alert
  readonly digest: string
}

export interface AlertFilter {
  readonly state?: 'firing' | 'resolved'
  /** Muted at this moment (ms). */
  readonly mutedAt?: number
  readonly stormId?: string
  readonly service?: string
}

/** What happened to a problem. */
export interface AlertEvent {
  readonly at: number
  readonly what: 'fired' | 'resolved' | 'acknowledged' | 'muted' | 'unmuted' | 'escalated'
  /** Slack id; `null` = its source, or NOX. */
  readonly by: string | null
}

/** Where nothing has come in between, this is what a problem becomes. */
export type AlertChange = Partial<
  Pick<
    KeptAlert,
    'posts' | 'stormId' | 'escalateAt' | 'escalatedAt' | 'acknowledgedBy' | 'acknowledgedAt' | 'mutedUntil' | 'mutedBy'
  >
>

/** Problems that were told to NOX. */
export interface KeptAlerts {
  /** Takes notifications in, in one unit; durable when it resolves. */
  receive(tenantId: string, arrivals: readonly AlertArrival[], now: number): Promise<void>
  /** Tenants with something to look at by now. */
  dueTenants(now: number): Promise<readonly string[]>
  /** What is to be looked at by now, the worst first. */
  due(tenantId: string, now: number, limit: number): Promise<readonly KeptAlert[]>
  /**
   * What the teller did: `dueAt` holds only where nothing came in since `kept` was read; what came in stays due.
   * All in one unit.
   */
  told(tenantId: string, tellings: readonly AlertTelling[]): Promise<void>
  /** One problem of a source; `null` = nobody sent it. */
  ofFingerprint(tenantId: string, source: string, fingerprint: string): Promise<KeptAlert | null>
  /** All problems of a source that go on. */
  firingOf(tenantId: string, source: string): Promise<readonly KeptAlert[]>
  /** By its id, or the beginning of one that fits no other. */
  find(tenantId: string, id: string): Promise<KeptAlert | null>
  /** A person's or NOX's change, with its event: due at once. `null` = it is gone. */
  change(tenantId: string, id: string, change: AlertChange, event: AlertEvent): Promise<KeptAlert | null>
  /** The worst first, then the newest. */
  list(tenantId: string, filter: AlertFilter, limit: number, offset?: number): Promise<readonly KeptAlert[]>
  count(tenantId: string, filter: AlertFilter): Promise<number>
  /** Problems that fired in a time, each once (`to` is not in it any more). */
  countFired(tenantId: string, from: number, to: number): Promise<number>
  /** The newest first. */
  events(tenantId: string, alertId: string, limit: number): Promise<readonly AlertEvent[]>
  /** How many messages may still be posted one by one, and the collective message under way. */
  storm(tenantId: string, audience: string): Promise<StormState>
  /** Those of every audience. */
  storms(tenantId: string): Promise<readonly StormState[]>
  saveStorm(tenantId: string, audience: string, state: StormState): Promise<void>
  /** Forgets what is over, and events, from before this moment (ms). */
  forget(tenantId: string, before: number): Promise<void>
}

export interface AlertTelling {
  readonly kept: KeptAlert
  readonly change: AlertChange
  readonly dueAt: number | null
}

export interface StormState {
  readonly tokens: { readonly left: number; readonly at: number } | null
  /** The collective messages of late, the newest last. */
  readonly storms: readonly AlertStorm[]
}

/** An address that alerts come in at. */
export interface AlertHook {
  readonly tenantId: string
  readonly source: AlertSource
  /** SHA-256 (hex) of its secret. */
  readonly secretHash: string
  readonly createdBy: string
  readonly createdAt: number
}

export interface AlertHooks {
  find(tenantId: string, source: AlertSource): Promise<AlertHook | null>
  list(tenantId: string): Promise<readonly AlertHook[]>
  /** Replaces the one of before, whose address ends; with its audit record. */
  save(hook: AlertHook, audit: AuditEntry): Promise<void>
  remove(tenantId: string, source: AlertSource, audit: AuditEntry): Promise<void>
}

export interface AlertSettingsStore {
  /** Version 0 where nothing was set yet. */
  read(tenantId: string): Promise<Edition<AlertSettings>>
  /** `false` = someone else changed them since that version. */
  save(tenantId: string, settings: AlertSettings, version: number, audit: AuditEntry): Promise<boolean>
}

/** Leases on work that one process does at a time. */
export interface Claims {
  /** Takes or keeps it for so long (ms), by the clock of the database; `false` = another owner has it still. */
  take(name: string, owner: string, leaseMs: number): Promise<boolean>
  release(name: string, owner: string): Promise<void>
  /** Erases what nobody has held since this moment (ms). */
  forget(before: number): Promise<void>
}

/** Connected vendors with their encrypted secrets. */
export interface Integrations {
  list(tenantId: string): Promise<readonly Integration[]>
  /** With who changed it last; `null` = it is not connected. */
  edition(tenantId: string, vendor: Vendor): Promise<Edition<Integration> | null>
  /**
   * What an admin entered on a version (0 = it was not connected), with its audit record in one unit.
   * `false` and nothing written = somebody else changed it since.
   */
  change(
    integration: Integration,
    secrets: Readonly<Record<string, string>>,
    version: number,
    audit: AuditEntry,
  ): Promise<boolean>
  /** `secrets` absent = they stay as they are. */
  save(integration: Integration, secrets?: Readonly<Record<string, string>>): Promise<void>
  /**
   * Changes what NOX itself notes of an integration, on top of what others change at the same moment; secrets stay.
   * @param change from how it stands; `null` = it stays; may be asked more than once
   * @returns how it stands after a change; `null` = nothing was changed
   */
  note(
    tenantId: string,
    vendor: Vendor,
    change: (stands: Integration) => Integration | null,
  ): Promise<Integration | null>
  /** Erases the secrets too. */
  remove(tenantId: string, vendor: Vendor): Promise<void>
  secrets(tenantId: string, vendor: Vendor): Promise<Readonly<Record<string, string>> | null>
}

/** Installed workspaces; tokens stand encrypted and are erased with the installation. */
export interface Installations {
  /** `workspaceId`: the enterprise id for an org-wide install, else the team id. */
  find(workspaceId: string): Promise<Installation | null>
  /** The workspace that the tenant began with, else the one that joined first. */
  findByTenant(tenantId: string): Promise<Installation | null>
  /** All that are installed: the one that the tenant began with, then those that joined, oldest first. */
  listByTenant(tenantId: string): Promise<readonly Installation[]>
  /** Inserts or replaces (re-install: tenant and members stay). */
  save(installation: Installation): Promise<void>
  /** Erases the tokens; the tenant's data stay for their time of retention. `null` = was not installed. */
  remove(workspaceId: string): Promise<{ readonly tenantId: string } | null>
  /** Its tenant is another by now: nothing of before is kept in memory. */
  forget(workspaceId: string): void
  /** The tenant that this workspace had before, also where it is not installed now. */
  tenantOf(workspaceId: string): Promise<string | null>
}

/** How a workspace changes its tenant: each change and its record under the tenant that it belongs to. */
export interface Handover {
  readonly workspaceId: string
  readonly from: { readonly tenantId: string; readonly audit: AuditEntry }
  readonly to: { readonly tenantId: string; readonly audit: AuditEntry }
  /** `null` = the new tenant begins with it. */
  readonly joinedAt: number | null
  readonly name: string | null
  /** Who speaks for the workspace from now on. */
  readonly installer?: string
}

/** Workspaces that join the tenant of another one, and leave it. */
export interface WorkspaceJoins {
  /** Requests that wait for a decision, oldest first. */
  list(tenantId: string, now: number): Promise<readonly WorkspaceJoin[]>
  /** By a code that was not used and holds at `now`. */
  find(tenantId: string, codeHash: string, now: number): Promise<WorkspaceJoin | null>
  /** Keeps a code with its audit record; a code of before that nobody used is dead. */
  issue(join: Omit<WorkspaceJoin, 'asked'>, codeHash: string, audit: AuditEntry): Promise<void>
  /** Uses a code up: it becomes a request, in one unit with its record. Of many who try one gets it; `null` = it is gone. */
  claim(
    tenantId: string,
    codeHash: string,
    claim: {
      readonly asked: NonNullable<WorkspaceJoin['asked']>
      readonly expiresAt: number
      readonly audit: AuditEntry
      readonly now: number
    },
  ): Promise<WorkspaceJoin | null>
  /** With its audit record; `false` and no record = it was gone already. */
  remove(tenantId: string, id: string, audit: AuditEntry): Promise<boolean>
  /**
   * Uses a request up and hands the workspace over, in one unit with the records of both tenants.
   * `false` and nothing written = the request is gone, or the workspace is not of that tenant any more.
   */
  accept(id: string, handover: Handover, now: number): Promise<boolean>
  /** A workspace that joined goes to a tenant of its own; `false` = it is not one that joined. */
  release(handover: Handover): Promise<boolean>
}

/** Open invitations by e-mail: a row goes with its acceptance, its end, or its revocation. */
export interface Invitations {
  /** Oldest first. */
  list(tenantId: string): Promise<readonly Invitation[]>
  find(tenantId: string, tokenHash: string): Promise<Invitation | null>
  /** In place of what had its id or address, with its audit record in one unit. */
  save(invitation: Invitation, tokenHash: string, audit: AuditEntry): Promise<void>
  /** With its audit record; `false` and no record = it was gone already. */
  remove(tenantId: string, id: string, audit: AuditEntry): Promise<boolean>
  /**
   * Uses an invitation up and admits the member, in one unit with its audit record: of many who try, one gets in.
   * `full` leaves it open; `member` = is one already: it is used up, and nothing else is written.
   */
  accept(
    tenantId: string,
    tokenHash: string,
    member: Member,
    audit: AuditEntry,
    places: Places,
  ): Promise<Member | 'gone' | 'full' | 'member'>
  /** Tenants that have expired ones. */
  expiredTenants(now: number): Promise<readonly string[]>
}

/** Groups that follow a Slack user group. */
export interface GroupLinks {
  /** By group. */
  list(tenantId: string): Promise<readonly GroupLink[]>
  /** In place of the group's link before, with its audit record in one unit. */
  save(link: GroupLink, audit: AuditEntry): Promise<void>
  /** What the last reading gave; nothing where the group follows another user group by now. */
  note(link: GroupLink, reading: Pick<GroupLink, 'handle' | 'trouble' | 'syncedAt'>): Promise<void>
  /** With its audit record; `false` and no record = it was gone already. */
  remove(tenantId: string, group: string, audit: AuditEntry): Promise<boolean>
  /** Tenants that have some. */
  tenants(): Promise<readonly string[]>
}

/** One-time states of OAuth. */
export interface OauthStates {
  put(state: string, data: string, expiresAt: number): Promise<void>
  /** Gives the data once and forgets it; `null` = unknown, used or expired. */
  take(state: string, now: number): Promise<string | null>
}
