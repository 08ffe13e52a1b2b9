import type { ActionRow } from './action-row.ts'
import { orm } from './drizzle.ts'
import { momentText } from './moment.ts'
import { everybody } from './quota.ts'
import type { Tables } from './tables.ts'
import type { NewAction } from './types/ledger.ts'
import { origin } from './verify-chain.ts'

// What every order needs, in one statement each. Both hold their tenant's lock (the pipeline takes it), so what they
// read in it stays true until they commit. They do the usual case; for any other they change nothing and give no row.

interface Statement {
  readonly tenantId: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** Numbers the parameters as they are named. */
function createParameters() {
  const names = new Map<string, number>()
  return {
    /** `$3::text` */
    of(name: string, type: string): string {
      const index = names.get(name) ?? names.size + 1
      names.set(name, index)
      return `$${index}::${type}`
    },
    read: (values: Readonly<Record<string, unknown>>): readonly unknown[] =>
      [...names.keys()].map((name) => {
        const value = values[name]
        if (value === undefined) throw new TypeError(`no value for ${name}`)
        return value
      }),
  }
}

type Quotas = Pick<NewAction, 'quota' | 'tellsUsed'>

/** Columns that every action begins without. */
const emptyAtFirst: ReadonlySet<string> = new Set<keyof ActionRow>([
  'waitingFor',
  'waiting',
  'expiresAt',
  'step',
  'cancelRequestedBy',
  'finishedAt',
])

/**
 * Makes the statement that inserts an action with the next number and takes its quota; it gives the number, and the
 * used units of `day` and `month` where the action tells them and takes none.
 */
export function acceptStatement(tables: Tables): (row: ActionRow, quotas: Quotas) => Statement {
  const counted = acceptText(tables, true, false)
  const uncounted = acceptText(tables, false, false)
  const telling = acceptText(tables, false, true)
  return (row, { quota, tellsUsed }) => {
    const { text, parameters } = quota ? counted : tellsUsed ? telling : uncounted
    const { day = '', month = '' } = quota ?? tellsUsed ?? {}
    const { dayLimit = 0, monthLimit = 0 } = quota ?? {}
    const limits = { day, dayLimit, month, monthLimit: monthLimit ?? Number.MAX_SAFE_INTEGER }
    return { tenantId: row.tenantId, text, values: parameters.read({ ...row, ...limits }) }
  }
}

/** Actions stay for as long as their tenant does: the last number that was given is the highest there is. */
const nextNumber = `coalesce((select number from actions where tenant_id = tenants.id order by number desc limit 1), 0) + 1`

/** What takes no quota does not pay for looking at it. */
function acceptText({ actions }: Tables, counts: boolean, tells: boolean) {
  const columns = Object.entries(orm.getTableColumns(actions)).filter(([key]) => !emptyAtFirst.has(key))
  const parameters = createParameters()
  const { of } = parameters
  const values = columns.map(([key, column]) => {
    if (key === 'number') return nextNumber
    if (key === 'leaseUntil') return `${momentText.postgres} + ${of(key, 'bigint')}`
    return of(key, column.columnType === 'PgText' ? 'text' : 'bigint')
  })
  const tenant = of('tenantId', 'text')
  const used = (subject: string, period: string) =>
    `coalesce((select used from quotas where tenant_id = ${tenant} and subject = ${subject} and period = ${period}), 0)`
  const take = (subject: string, period: string) => `
    insert into quotas (tenant_id, subject, period, used)
    select ${tenant}, ${subject}, ${period}, 1 from inserted
    on conflict (tenant_id, subject, period) do update set used = quotas.used + 1`
  const day = () => [of('memberId', 'text'), of('day', 'text')] as const
  const month = () => [`'${everybody}'`, of('month', 'text')] as const
  const within = () =>
    `and ${used(...day())} < ${of('dayLimit', 'bigint')} and ${used(...month())} < ${of('monthLimit', 'bigint')}`
  const text = `
    with inserted as (
      insert into actions (${columns.map(([, column]) => column.name).join(', ')})
      select ${values.join(', ')} from tenants
      where tenants.id = ${tenant} ${counts ? within() : ''}
      on conflict (tenant_id, event_id) do nothing
      returning number
    )${counts ? `, day as (${take(...day())}), month as (${take(...month())})` : ''}
    select number::float8 as number${tells ? `, ${used(...day())} as day, ${used(...month())} as month` : ''} from inserted`
  return { text, parameters }
}

/** Values of the end of an action, with its audit record. */
export interface FinishValues {
  readonly tenantId: string
  readonly id: string
  readonly fence: number
  readonly state: string
  readonly now: number
  readonly messageTs: string | null
  readonly giveBack: boolean
  /** The canonical text of the record, and the columns that repeat it. */
  readonly text: string
  readonly at: number
  readonly actor: string
  readonly command: string
  readonly environment: string | null
  readonly resource: string | null
  readonly result: string
}

/** Makes the statement that ends an action, appends its record to the chain and gives quota back; it gives the id. */
export function finishStatement(): (values: FinishValues) => Statement {
  const plain = finishText(false)
  const givingBack = finishText(true)
  return (values) => {
    const { text, parameters } = values.giveBack ? givingBack : plain
    return { tenantId: values.tenantId, text, values: parameters.read({ ...values }) }
  }
}

function finishText(givesBack: boolean) {
  const parameters = createParameters()
  const { of } = parameters
  const tenant = of('tenantId', 'text')
  const record = of('text', 'text')
  const previous = `coalesce(head.hash, '${origin}')`
  const held = `tenant_id = ${tenant} and id = ${of('id', 'text')} and fence = ${of('fence', 'bigint')} and state = 'running'`
  const ended = `
      update actions set state = ${of('state', 'text')}, finished_at = ${of('now', 'bigint')}, lease_until = null,
        waiting_for = null, message_ts = coalesce(${of('messageTs', 'text')}, message_ts)`
  const endedAndUncounted = `
    old as (select id, member_id, quota_day, quota_month from actions where ${held}),
    ended as (${ended}, quota_day = null, quota_month = null
      from old where actions.tenant_id = ${tenant} and actions.id = ${of('id', 'text')} and old.id = actions.id
      returning actions.id),
    given as (
      update quotas set used = used - 1 from old
      where quotas.tenant_id = ${tenant} and quotas.used > 0
        and (quotas.subject = old.member_id and quotas.period = old.quota_day
          or quotas.subject = '${everybody}' and quotas.period = old.quota_month)
    )`
  const text = `
    with ${givesBack ? endedAndUncounted : `ended as (${ended} where ${held} returning id)`},
    head as (select seq, hash from audit where tenant_id = ${tenant} order by seq desc limit 1),
    record as (
      insert into audit (tenant_id, seq, text, previous_hash, hash, at, actor, command, environment, resource, result)
      select ${tenant}, coalesce(head.seq, 0) + 1, ${record}, ${previous},
        encode(sha256(convert_to(${previous} || E'\\n' || ${record}, 'UTF8')), 'hex'), ${of('at', 'bigint')},
        ${of('actor', 'text')}, ${of('command', 'text')}, ${of('environment', 'text')}, ${of('resource', 'text')},
        ${of('result', 'text')}
      from ended left join head on true
    )
    select id from ended`
  return { text, parameters }
}
