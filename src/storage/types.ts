import type { ClusterAccess } from '../capabilities/clusters.ts'
import type { Action, ActionPlan, ActionState, WaitingDetails, WaitingFor } from '../domain/action.ts'
import type { AuditEntry, AuditRecord } from '../domain/audit-record.ts'
import type { BackupTarget, Cluster, Service } from '../domain/catalogue.ts'
import type { Arguments, Language } from '../domain/command-spec.ts'
import type { Member } from '../domain/member.ts'
import type { Place } from '../domain/request.ts'
import type { Installation, Tenant } from '../domain/tenant.ts'
import type { Zone } from '../domain/zone.ts'

/** Where NOX keeps everything, the same on SQLite and Postgres. Every call names its tenant and sees no other. */
export interface Storage {
  readonly dialect: 'sqlite' | 'postgres'
  readonly ledger: Ledger
  readonly audit: AuditLog
  readonly tenants: Tenants
  readonly members: Members
  readonly zones: Zones
  readonly catalogue: Catalogue
  readonly installations: Installations
  readonly oauthStates: OauthStates
  /** Wraps the data key of every tenant with the first master key; gives how many. */
  rotateKeys(): Promise<number>
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
  /** `null` = takes no quota. */
  readonly quota: QuotaClaim | null
  readonly now: number
  readonly leaseUntil: number
}

export type Accepted =
  | { readonly kind: 'accepted'; readonly action: Action }
  /** The event was here before: nothing was written. */
  | { readonly kind: 'duplicate'; readonly action: Action }
  /** Stored as `refused` with its audit record (`rule: quota.day | quota.month`); nothing was taken. */
  | { readonly kind: 'exhausted'; readonly action: Action; readonly which: 'day' | 'month'; readonly limit: number }

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
  find(tenantId: string, id: string): Promise<Action | null>
  findByNumber(tenantId: string, number: number): Promise<Action | null>
  /** The newest order in a thread. */
  latestInThread(tenantId: string, conversationId: string, threadTs: string): Promise<Action | null>
  /** Newest first. */
  list(
    tenantId: string,
    filter: { readonly userId?: string; readonly states?: readonly ActionState[]; readonly limit: number },
  ): Promise<readonly Action[]>
  lastDone(tenantId: string, command: string, resource: string): Promise<Action | null>

  setMessage(tenantId: string, id: string, fence: number, messageTs: string): Promise<boolean>
  setStep(tenantId: string, id: string, fence: number, step: string): Promise<boolean>
  /** Longer lease; tells whether someone asked to cancel meanwhile. */
  renew(
    tenantId: string,
    id: string,
    fence: number,
    leaseUntil: number,
  ): Promise<{ readonly held: boolean; readonly cancelRequestedBy: string | null }>
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
  /** waiting | unknown → running with a new fence, exactly once (`null` = someone else was first); takes the quota. */
  begin(
    tenantId: string,
    id: string,
    begin: {
      readonly now: number
      readonly leaseUntil: number
      readonly quota: QuotaClaim | null
      readonly plan: ActionPlan
      readonly args?: Arguments
      readonly environment?: string | null
      readonly resource?: string | null
      readonly audit?: AuditEntry
    },
  ): Promise<Accepted | null>
  /** waiting | unknown → an end, exactly once. */
  settle(tenantId: string, id: string, ending: Ending): Promise<boolean>
  /** A running action is to stop: its runner learns it with its next renewal. `false` = it runs no more. */
  requestCancel(tenantId: string, id: string, userId: string): Promise<boolean>

  /** Across tenants: claims running actions whose lease ran out (`all`: every one, at the start of the only process). */
  takeAbandoned(options: {
    readonly now: number
    readonly leaseUntil: number
    readonly limit: number
    readonly all?: boolean
  }): Promise<readonly Action[]>
  /** Across tenants: waiting actions past their time become `expired`, with their audit record. */
  expireOverdue(now: number, limit: number): Promise<readonly Action[]>
  /** Across tenants: waiting actions that have no message although they began before `before`. */
  listUntold(before: number, limit: number): Promise<readonly Action[]>
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
}

/** Append-only, hash-chained per tenant. */
export interface AuditLog {
  append(tenantId: string, entry: AuditEntry): Promise<AuditRecord>
  /** Newest first. */
  list(tenantId: string, filter: AuditFilter): Promise<readonly AuditRecord[]>
  /** Reads the whole chain in pages and recomputes each hash. */
  verify(tenantId: string): Promise<ChainReport>
}

export interface Tenants {
  create(tenant: Omit<Tenant, 'createdAt'>, now: number): Promise<Tenant>
  find(tenantId: string): Promise<Tenant | null>
  list(): Promise<readonly Tenant[]>
  update(
    tenantId: string,
    change: Partial<Pick<Tenant, 'kind' | 'name' | 'plan' | 'language' | 'timeZone'>>,
  ): Promise<void>
  /** Units of quota that were used. */
  quotaUsed(tenantId: string, memberId: string, day: string, month: string): Promise<{ day: number; month: number }>
  /** The service and environment that a channel stands for. */
  channelDefault(tenantId: string, conversationId: string): Promise<ChannelDefault | null>
  setChannelDefault(tenantId: string, conversationId: string, value: ChannelDefault | null): Promise<void>
}

export interface ChannelDefault {
  readonly service?: string
  readonly environment?: string
}

export interface Members {
  findBySlackId(tenantId: string, slackUserId: string): Promise<Member | null>
  find(tenantId: string, memberId: string): Promise<Member | null>
  list(tenantId: string): Promise<readonly Member[]>
  /** Inserts, or gives the one that is there (two first words at once make one member). */
  create(member: Member): Promise<Member>
  update(member: Member): Promise<void>
}

export interface Zones {
  list(tenantId: string): Promise<readonly Zone[]>
  save(zone: Zone): Promise<void>
  remove(tenantId: string, zoneId: string): Promise<void>
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
  saveService(service: Service): Promise<void>
  removeService(tenantId: string, serviceId: string): Promise<void>
  saveBackupTarget(target: BackupTarget): Promise<void>
  removeBackupTarget(tenantId: string, targetId: string): Promise<void>
}

/** Installed workspaces; tokens stand encrypted and are erased with the installation. */
export interface Installations {
  /** `workspaceId`: the enterprise id for an org-wide install, else the team id. */
  find(workspaceId: string): Promise<Installation | null>
  findByTenant(tenantId: string): Promise<Installation | null>
  /** Inserts or replaces (re-install: tenant and members stay). */
  save(installation: Installation): Promise<void>
  /** Erases the tokens; the tenant's data stay for their time of retention. `null` = was not installed. */
  remove(workspaceId: string): Promise<{ readonly tenantId: string } | null>
  /** The tenant that this workspace had before, also where it is not installed now. */
  tenantOf(workspaceId: string): Promise<string | null>
}

/** One-time states of OAuth. */
export interface OauthStates {
  put(state: string, data: string, expiresAt: number): Promise<void>
  /** Gives the data once and forgets it; `null` = unknown, used or expired. */
  take(state: string, now: number): Promise<string | null>
}
