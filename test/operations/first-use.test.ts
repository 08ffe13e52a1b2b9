import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const src = pathToFileURL(`${resolve(import.meta.dirname, '../../src')}/`).href

/** The packages that a process of its own loaded while it ran this, as V8 tells it. */
async function packagesLoadedBy(code: string): Promise<ReadonlySet<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'nox-loaded-'))
  try {
    await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      env: { ...process.env, NODE_V8_COVERAGE: folder },
      timeout: 60_000,
    })
    const names = new Set<string>()
    for (const file of await readdir(folder)) {
      const { result } = JSON.parse(await readFile(join(folder, file), 'utf8')) as { result: { url: string }[] }
      for (const { url } of result) {
        const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url)?.[1]
        if (name !== undefined) names.add(name)
      }
    }
    return names
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const sdks = ['@octokit/rest', '@notionhq/client', '@datadog/datadog-api-client', 'undici', 'cockatiel']

it('loads the SDK of a vendor at its first use, and no other', { timeout: 120_000 }, async () => {
  const importing = ['github', 'notion', 'datadog', 'jira', 'teams']
    .map((vendor) => `import { ${vendor} } from '${src}integrations/${vendor}/index.ts'`)
    .join('\n')
  const start = `${importing}
    import { createConnectors } from '${src}start/create-connectors.ts'
    const all = [github, notion, datadog, jira, teams]
    const connectors = createConnectors(all, { allowPrivate: [], now: Date.now })
    const open = (vendor) => connectors.open({
      integration: { tenantId: 'T', vendor, settings: {}, account: '', connectedAt: 0, checkedAt: 0, failingSince: null },
      secrets: { token: 't' },
    })`
  const [cold, opened] = await Promise.all([
    packagesLoadedBy(start),
    packagesLoadedBy(`${start}\n await open('notion'); await connectors.close()`),
  ])
  expect(sdks.filter((name) => cold.has(name))).toEqual([])
  expect(sdks.filter((name) => opened.has(name))).toEqual(['@notionhq/client', 'undici', 'cockatiel'])
})
