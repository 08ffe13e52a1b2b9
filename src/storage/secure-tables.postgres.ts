import type { Sql } from 'postgres'
import { NoxError } from '../errors.ts'
import { tellChanges } from './changes.postgres.ts'
import { postgresColumns } from './columns.ts'
import { orm } from './drizzle.ts'
import { enterAndLockFunction, type Role, roles } from './roles.postgres.ts'
import { defineTables, type Tables } from './tables.ts'

/**
 * What may be looked at across tenants: to find the tenant of a request, and what is due. Never what an order contains,
 * and never a key: a sealed token opens with its tenant's data key alone.
 */
const acrossTenants: { readonly [Name in keyof Tables]?: readonly (keyof Tables[Name]['_']['columns'])[] | 'all' } = {
  tenants: [
    'id',
    'kind',
    'name',
    'plan',
    'planUntil',
    'settledPlan',
    'look',
    'language',
    'timeZone',
    'aliasesLocked',
    'createdAt',
    'setUpAt',
  ],
  installations: 'all',
  quotas: 'all',
  subscriptions: ['tenantId', 'customerId'],
  clusters: ['tenantId', 'id', 'watched'],
  alerts: ['tenantId', 'dueAt'],
  invitations: ['tenantId', 'expiresAt'],
  groupLinks: ['tenantId'],
  actions: [
    'tenantId',
    'id',
    'number',
    'fence',
    'state',
    'leaseUntil',
    'expiresAt',
    'messageTs',
    'createdAt',
    'startedAt',
    'finishedAt',
  ],
  schedules: ['tenantId', 'id', 'timeZone', 'nextDueAt'],
  incidents: ['tenantId', 'id', 'nextUpdateAt'],
}

/** What nobody changes once it is written. */
const appendOnly: readonly (keyof Tables)[] = ['audit', 'auditCheckpoints']

/** Makes the roles where they are not there yet; another database of the same server may do so at this moment. */
const makeRoles = `do $$
declare wanted text;
begin
  foreach wanted in array array[${roles.map((role) => `'${role}'`).join(', ')}] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then execute format('create role %I', wanted); end if;
    exception when duplicate_object or unique_violation or insufficient_privilege then null;
    end;
    begin
      if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant %I to %I', wanted, current_user);
      end if;
    exception when insufficient_privilege or undefined_object then null;
    end;
  end loop;
end $$`

/** The column that tells whose a row is; `null` = it is nobody's. */
function tenantColumn(name: keyof Tables, tables: Tables): string | null {
  if (name === 'tenants') return tables.tenants.id.name
  const columns = orm.getTableColumns(tables[name]) as Record<string, { readonly name: string }>
  return columns.tenantId?.name ?? null
}

/** Tables whose rows belong to tenants, by their names in the database. */
export function tenantTables(): readonly string[] {
  const tables = defineTables(postgresColumns())
  const names = Object.keys(tables) as (keyof Tables)[]
  return names.filter((name) => tenantColumn(name, tables)).map((name) => orm.getTableName(tables[name]))
}

/** A policy holds for members of its role too: whoever logs in is one, and must have become the role. */
const only = (role: Role): string => `for select to ${role} using (current_user = '${role}')`

function secureOne(name: keyof Tables, tables: Tables): readonly string[] {
  const table = `"${orm.getTableName(tables[name])}"`
  const owner = tenantColumn(name, tables)
  const forBackup = `grant select on ${table} to nox_backup`
  if (owner === null) {
    const forKeeper = name === 'purges' ? [`grant select on ${table} to nox_keeper`] : []
    return [`grant select, insert, update, delete on ${table} to nox_worker`, ...forKeeper, forBackup]
  }
  const columns = orm.getTableColumns(tables[name]) as Record<string, { readonly name: string }>
  const across = acrossTenants[name] as readonly string[] | 'all' | undefined
  const seen = Array.isArray(across) ? ` (${across.map((each) => columns[each]?.name).join(', ')})` : ''
  const mine = `"${owner}" = nullif(current_setting('app.tenant_id', true), '')`
  const policies = [
    ['nox_tenant', `for all to nox_app, nox_keeper using (${mine}) with check (${mine})`],
    ['nox_whole', only('nox_backup')],
    ['nox_across', across === undefined ? null : only('nox_worker')],
  ] as const
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    ...policies.flatMap(([policy, what]) => [
      `drop policy if exists ${policy} on ${table}`,
      ...(what === null ? [] : [`create policy ${policy} on ${table} ${what}`]),
    ]),
    `revoke all on ${table} from nox_app, nox_worker, nox_keeper`,
    `grant ${appendOnly.includes(name) ? 'select, insert' : 'select, insert, update, delete'} on ${table} to nox_app`,
    `grant select, delete on ${table} to nox_keeper`,
    ...(across === undefined ? [] : [`grant select${seen} on ${table} to nox_worker`]),
    forBackup,
  ]
}

/** A partition is reached through its table alone; a backup reads it by its own name. @param name as it is in the database */
export const securePartition = (name: string): readonly string[] => [
  `alter table "${name}" enable row level security`,
  `alter table "${name}" force row level security`,
  `drop policy if exists nox_whole on "${name}"`,
  `create policy nox_whole on "${name}" ${only('nox_backup')}`,
  `grant select on "${name}" to nox_backup`,
]

/**
 * Holds every table of the schema to its tenants: roles, grants, and row-level security that is forced. It follows the
 * schema, so that no new table is forgotten, and changes nothing when it runs again.
 * @throws NoxError `storage` where the roles can't be made, with what a database administrator can do
 */
export async function secureTables(client: Sql): Promise<void> {
  await client.unsafe(makeRoles)
  const known = await client<{ rolname: string; mine: boolean }[]>`
    select rolname, pg_has_role(oid, 'member') as mine from pg_roles where rolname = any(${[...roles]})`
  const missing = roles.filter((role) => !known.some(({ rolname, mine }) => rolname === role && mine))
  if (missing.length > 0) {
    const [who] = await client`select quote_ident(current_user) as name`
    const make = missing.map((role) => {
      const grant = `grant ${role} to ${who?.name};`
      return known.some(({ rolname }) => rolname === role) ? grant : `create role ${role}; ${grant}`
    })
    const remedy = `Let an administrator run: ${make.join(' ')}`
    throw new NoxError('storage', `${who?.name} may not make the roles of NOX. ${remedy}`)
  }
  const tables = defineTables(postgresColumns())
  const statements = (Object.keys(tables) as (keyof Tables)[]).flatMap((name) => secureOne(name, tables))
  const partitions = await client<{ name: string }[]>`
    select relname as name from pg_class where relispartition and relkind = 'r'
      and relnamespace = current_schema()::regnamespace`
  await client.begin(async (tx) => {
    const [{ schema } = {}] = await tx`select quote_ident(current_schema()) as schema`
    const all = [
      `grant usage on schema ${schema} to ${roles.join(', ')}`,
      ...statements,
      ...partitions.flatMap(({ name }) => securePartition(name)),
      enterAndLockFunction,
      ...tellChanges(),
      'grant usage on schema drizzle to nox_backup',
      'grant select on all tables in schema drizzle to nox_backup',
      'grant select on all sequences in schema drizzle to nox_backup',
    ]
    await tx.unsafe(all.join(';\n'))
  })
}
