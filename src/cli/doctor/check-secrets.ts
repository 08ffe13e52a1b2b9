import type { Inspection } from '../../storage/inspect-storage.ts'
import { type Check, failed, inTurns, ok, skipped } from './check.ts'
import type { Installed } from './check-slack.ts'

const remedy =
  'Set NOX_MASTER_KEY to the key that this database was used with (several, separated by commas, after a rotation).'

/** Opens every secret with the master keys; gives the workspaces whose token opened. */
export async function checkSecrets(
  contents: Inspection['contents'],
): Promise<{ readonly checks: readonly Check[]; readonly installed: readonly Installed[] | null }> {
  if (contents === null) {
    return { checks: [skipped('secrets', 'There is nothing to open before the migrations ran.')], installed: null }
  }
  const installed: Installed[] = []
  let opened = 0
  const closed = await inTurns(await contents.tenants.list(), 8, async ({ id }) => {
    const problems: string[] = []
    const open = async (what: string, one: () => Promise<unknown>) => {
      try {
        if ((await one()) !== null) opened += 1
      } catch {
        problems.push(`${what} of tenant ${id}`)
      }
    }
    await open('the Slack token', async () => {
      const installation = await contents.installations.findByTenant(id)
      if (installation) installed.push(installation)
      return installation
    })
    for (const cluster of await contents.catalogue.clusters(id)) {
      await open(`the credentials of cluster ${cluster.name}`, () => contents.catalogue.clusterAccess(id, cluster.id))
    }
    for (const { vendor } of await contents.integrations.list(id)) {
      await open(`the credentials of ${vendor}`, () => contents.integrations.secrets(id, vendor))
    }
    return problems
  })
  const checks = closed.flat().map((what) => failed('secrets', `The master key does not open ${what}.`, remedy))
  if ((await contents.knowsInstallation()) === false) {
    checks.unshift(failed('secrets', 'The master key is not the one that this database was first used with.', remedy))
  }
  const summary = ok('secrets', opened === 0 ? 'No secret is stored yet.' : `The master key opened ${opened} secrets.`)
  return { checks: checks.length > 0 && opened === 0 ? checks : [summary, ...checks], installed }
}
