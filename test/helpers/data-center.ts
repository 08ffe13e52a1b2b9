import type { Vendor } from '../../src/domain/integration.ts'
import { type ConfluenceDouble, createConfluenceDouble } from '../../src/sandbox/confluence/index.ts'
import type { HttpDouble } from '../../src/sandbox/http-double.ts'
import { createJiraDouble, type JiraDouble } from '../../src/sandbox/jira/index.ts'
import { jiraAccess, jiraProject, jiraSeed } from '../../src/sandbox/seed-jira.ts'
import { confluenceReports, confluenceSeed } from '../../src/sandbox/seed-pages.ts'
import { societeX, type TestSandbox } from './sandbox.ts'

/** Connects a tenant's vendor to a server of its own, in place of the cloud; close it at the end. */
async function connect(
  { nox }: TestSandbox,
  vendor: Vendor,
  double: HttpDouble,
  settings: Record<string, string>,
  token: string,
): Promise<void> {
  const { url } = await double.listen()
  const tenantId = (await nox.storage.installations.tenantOf(societeX)) ?? ''
  const [known] = (await nox.storage.integrations.list(tenantId)).filter((each) => each.vendor === vendor)
  if (!known) throw new Error(`${vendor} is not connected`)
  await nox.storage.integrations.save(
    { ...known, settings: { ...settings, edition: 'datacenter', url } },
    { token, webhookSecret: 'a-secret-of-the-webhook' },
  )
  nox.services.knowledge.drop(tenantId)
}

/** Société X with a Jira Data Center below a path of its own, with what its cloud has. */
export async function jiraDataCenter(sandbox: TestSandbox): Promise<JiraDouble> {
  const double = createJiraDouble({ seed: jiraSeed, edition: 'datacenter', basePath: '/jira' })
  await connect(sandbox, 'jira', double, { project: jiraProject }, jiraAccess.token)
  return double
}

/** The same with Confluence Data Center. */
export async function confluenceDataCenter(sandbox: TestSandbox): Promise<ConfluenceDouble> {
  const double = createConfluenceDouble({ seed: confluenceSeed, edition: 'datacenter', basePath: '/confluence' })
  await connect(sandbox, 'confluence', double, { parent: confluenceReports }, confluenceSeed.token)
  return double
}
