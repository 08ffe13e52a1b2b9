import type { Services } from '../../actions/services.ts'
import { commandName } from '../../commands/done-to.ts'
import { whatOf } from '../../commands/say-record.ts'
import type { AuditRecord, AuditResult } from '../../domain/audit-record.ts'
import type { Language } from '../../domain/command-spec.ts'
import type { Member } from '../../domain/member.ts'
import { resultOf } from '../../domain/say-result.ts'
import type { Zone } from '../../domain/zone.ts'
import { dayKey, decide, startOfDayKey } from '../../permissions/index.ts'
import type { AuditFilter, AuditPage, AuditProof, ChainReport } from '../../storage/types/audit.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { administrationCommands } from './administration-commands.ts'
import { type ExportFormat, writeExport } from './audit-export.ts'
import { administrationEntry, type Guard } from './guard.ts'

/** Periods that the log is searched for, in days of the tenant's time zone. */
export const auditPeriods = { day: 1, week: 7, month: 30, quarter: 90 } as const
export type AuditPeriod = keyof typeof auditPeriods

export const auditResults = [
  'done',
  'refused',
  'failed',
  'cancelled',
  'expired',
  'unknown',
  'requested',
  'approved',
  'denied',
  'changed',
] as const satisfies readonly AuditResult[]

/** What someone looks for; what is not given fits all. */
export interface AuditSearch {
  /** A member's id. */
  readonly person?: string
  readonly command?: string
  readonly environment?: string
  readonly result?: string
  readonly period?: string
  readonly before?: number
}

/** Records of the log that one look goes through, at most. */
const window = 50_000
/** A list shows this many (the message book, part 4). */
const shown = 10
/** A file holds this many, the newest. */
const mostExported = 20_000
const atOnce = 1_000

/** The audit log, as each may read it: everybody their own records, those to whom the audit is open all of them. */
export interface AuditBrowser {
  search(tenantId: string, userId: string, search: AuditSearch): Promise<AuditSeen>
  /** A record with its proof; a sentence where there is none that this person may read. */
  detail(tenantId: string, userId: string, seq: number): Promise<AuditProof | Phrase>
  export(
    tenantId: string,
    userId: string,
    search: AuditSearch,
    format: ExportFormat,
    language: Language,
  ): Promise<AuditFile | Phrase>
  verify(tenantId: string, userId: string): Promise<ChainReport | Phrase>
  /** Commands that records name, with their words. */
  commands(): readonly { readonly value: string; readonly name: Phrase }[]
  /** A record in words: what was asked for, and how it ended. */
  say(record: AuditRecord): { readonly what: Phrase; readonly result: Phrase }
}

/** A page of the log, as one person reads it. */
export interface AuditSeen extends AuditPage {
  /** Everybody's records, not only one's own. */
  readonly all: boolean
  /** Whose records were asked for; `null` = nobody's in particular, or not for this reader to choose. */
  readonly person: Member | null
}

export interface AuditFile {
  readonly name: string
  readonly content: string
  readonly lines: number
  /** Older records were left out. */
  readonly isCut: boolean
  /** Records up to this one are in archive files, and not in this one; 0 = none. */
  readonly archived: number
}

/** May this member read everybody's records? */
export const readsAll = (member: Member, zones: readonly Zone[]): boolean =>
  decide(member, zones, { command: 'audit', action: 'audit', effect: 'read', environment: null, resources: [] })
    .verdict !== 'no'

/** Who may not read everything finds their own records, whatever they search for. */
export function createAuditBrowser(services: Services, guard: Guard): AuditBrowser {
  const { storage, knowledge } = services

  async function reader(tenantId: string, userId: string) {
    const [{ member, tenant }, { zones }] = await Promise.all([
      guard.memberNow(tenantId, userId),
      knowledge.snapshot(tenantId),
    ])
    return { tenant, member, all: member.removedAt === undefined && readsAll(member, zones) }
  }

  /** All that a search depends on, in one round trip: the rights of now, the person that it names, the log's bounds. */
  async function prepare(tenantId: string, userId: string, search: AuditSearch) {
    const [who, named, bounds] = await Promise.all([
      reader(tenantId, userId),
      search.person ? storage.members.find(tenantId, search.person) : null,
      storage.audit.bounds(tenantId),
    ])
    const person = who.all ? named : null
    return { who, person, bounds, filter: filterOf(who, person, search) }
  }

  function filterOf(
    { tenant, member, all }: Awaited<ReturnType<typeof reader>>,
    chosen: Member | null,
    search: AuditSearch,
  ): Omit<AuditFilter, 'limit'> {
    const { command, environment, result, period, before } = search
    const actor = all ? chosen?.slackUserId : member.slackUserId
    const days = Object.entries(auditPeriods).find(([name]) => name === period)?.[1]
    const today = dayKey(services.now(), tenant.timeZone)
    return {
      ...(actor === undefined ? {} : { actor }),
      ...(command ? { command } : {}),
      ...(environment ? { environment } : {}),
      ...(result ? { result } : {}),
      ...(days === undefined ? {} : { since: startOfDayKey(today, tenant.timeZone) - (days - 1) * 86_400_000 }),
      ...(before === undefined ? {} : { beforeSeq: before }),
    }
  }

  return {
    async search(tenantId, userId, search) {
      const { who, person, bounds, filter } = await prepare(tenantId, userId, search)
      const page = await storage.audit.search(tenantId, { ...filter, limit: shown }, window, bounds)
      return { ...page, all: who.all, person }
    },
    async detail(tenantId, userId, seq) {
      const { all, member } = await reader(tenantId, userId)
      const proof = await storage.audit.proof(tenantId, seq)
      return proof && (all || proof.record.actor === member.slackUserId) ? proof : phrase('form.gone')
    },
    async export(tenantId, userId, search, format, language) {
      const { who, bounds, filter } = await prepare(tenantId, userId, search)
      if (who.member.removedAt !== undefined) return phrase('refused.removed')
      const records: AuditRecord[] = []
      let archived = 0
      let before: number | null = filter.beforeSeq ?? Number.MAX_SAFE_INTEGER
      while (before !== null && records.length < mostExported) {
        const page: AuditPage = await storage.audit.search(
          tenantId,
          { ...filter, beforeSeq: before, limit: atOnce },
          window,
          bounds,
        )
        records.push(...page.records)
        before = page.older
        if (filter.since === undefined) archived = page.archived
      }
      const kept = records.slice(0, mostExported)
      const names = new Map<string, string>()
      for (const { actor } of kept) {
        if (!names.has(actor)) names.set(actor, await services.people.nameOf(tenantId, actor))
      }
      const details = { n: kept.length, format }
      const about = { command: 'audit.export', resource: null, result: 'done', details } as const
      await storage.audit.append(tenantId, administrationEntry(services.now(), userId, about))
      const day = dayKey(services.now(), who.tenant.timeZone)
      const { timeZone } = who.tenant
      const content = writeExport(kept, { language, timeZone, names }, format)
      return {
        name: `audit-${day}.${format}`,
        content,
        lines: kept.length + (format === 'csv' ? 1 : 0),
        isCut: before !== null || records.length > mostExported,
        archived,
      }
    },
    async verify(tenantId, userId) {
      const { all } = await reader(tenantId, userId)
      return all ? storage.audit.verify(tenantId) : phrase('team.refused')
    },
    commands: () =>
      [...new Set([...services.commands.map(({ words }) => words.name), ...administrationCommands])]
        .sort()
        .map((value) => ({ value, name: commandName(value) })),
    say: (record) => ({ what: whatOf(record), result: resultOf(record) }),
  }
}
