import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = resolve(import.meta.dirname, '../src')
const base = ['domain', 'errors', 'texts']

/** What each part of the house may import from the others (docs/architecture.md tells why). */
const mayImport: Record<string, readonly string[]> = {
  domain: base,
  errors: base,
  texts: base,
  charts: base,
  language: base,
  permissions: base,
  capabilities: base,
  vault: base,
  egress: base,
  email: [...base, 'capabilities'],
  storage: [...base, 'vault', 'capabilities'],
  figures: [...base, 'permissions', 'storage'],
  commands: [...base, 'capabilities'],
  integrations: [...base, 'capabilities', 'egress'],
  actions: [
    ...base,
    'language',
    'permissions',
    'capabilities',
    'vault',
    'egress',
    'commands',
    'storage',
    'figures',
    'email',
    'duties',
  ],
  duties: [...base, 'storage'],
  request: [
    ...base,
    'email',
    'figures',
    'duties',
    'language',
    'permissions',
    'capabilities',
    'vault',
    'egress',
    'commands',
    'storage',
    'actions',
  ],
  channels: [
    ...base,
    'charts',
    'request',
    'actions',
    'language',
    'permissions',
    'capabilities',
    'vault',
    'egress',
    'storage',
  ],
  web: [...base, 'request', 'actions', 'language', 'permissions', 'capabilities', 'vault', 'egress', 'storage'],
  sandbox: ['domain'],
  config: ['errors'],
  observability: [...base],
}
/** Folders inside a channel that only draw: they see plain types and sentences. */
const drawsOnly = [/^channels\/[^/]+\/(blocks|views)\//, /^web\/pages\//]
/** What wires the rest: it may import everything, and nothing imports it but each other. */
const roots = ['main', 'cli', 'start']

interface ImportLine {
  readonly file: string
  readonly target: string
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(src, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}

function readImports(file: string): ImportLine[] {
  const text = readFileSync(join(src, file), 'utf8')
  const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '')
  return targets.map((target) => ({
    file,
    target: relative(src, resolve(src, dirname(file), target)).replaceAll('\\', '/'),
  }))
}

const part = (file: string) => (file.split('/')[0] ?? '').replace(/\.ts$/, '')

const files = listFiles(src)
const imports = files.flatMap(readImports)

describe('the house', () => {
  it('was really read', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(imports.length).toBeGreaterThan(10)
  })

  it('lets each part import only what its place allows', () => {
    const broken = imports.filter(({ file, target }) => {
      if (roots.includes(part(file)) || part(file) === part(target)) return false
      if (drawsOnly.some((rule) => rule.test(file))) return !base.includes(part(target))
      return !(mayImport[part(file)] ?? []).includes(part(target))
    })
    expect(broken).toEqual([])
  })

  it('knows every part', () => {
    const unknown = new Set(files.map(part).filter((name) => !roots.includes(name) && !(name in mayImport)))
    expect([...unknown]).toEqual([])
  })

  it('is told in docs/architecture.md: each part, and files that are there', () => {
    const page = readFileSync(resolve(src, '../docs/architecture.md'), 'utf8')
    const named = [...page.matchAll(/`([\w/.-]+)`/g)].map(([, name = '']) => name)
    const parts = new Set(files.map(part))
    expect([...parts].filter((name) => !named.some((each) => part(each) === name))).toEqual([])
    const paths = named.filter((name) => /^[a-z]+\/.+\.ts$/.test(name) && parts.has(part(name)))
    expect(paths.length).toBeGreaterThan(30)
    expect(paths.filter((name) => !files.includes(name))).toEqual([])
  })

  it('enters an integration through its index, and never from another integration', () => {
    const broken = imports.filter(({ file, target }) => {
      const owner = /^integrations\/[^/]+/.exec(target)?.[0]
      if (!owner || file.startsWith(`${owner}/`) || owner === 'integrations/shared') return false
      return file.startsWith('integrations/') || target !== `${owner}/index.ts`
    })
    expect(broken).toEqual([])
  })

  it('keeps CASL in permissions and process.env in config', () => {
    const casl = files.filter((file) => readFileSync(join(src, file), 'utf8').includes("'@casl/ability'"))
    expect(casl.filter((file) => part(file) !== 'permissions')).toEqual([])
    const env = files.filter((file) => readFileSync(join(src, file), 'utf8').includes('process.env'))
    expect(env.filter((file) => file !== 'config.ts')).toEqual([])
  })

  it('has no cycle', () => {
    const graph = new Map<string, string[]>()
    for (const { file, target } of imports) graph.set(file, [...(graph.get(file) ?? []), target])
    const done = new Set<string>()
    const visit = (file: string, path: readonly string[]): string[] | null => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
      if (done.has(file)) return null
      for (const next of graph.get(file) ?? []) {
        const cycle = visit(next, [...path, file])
        if (cycle) return cycle
      }
      done.add(file)
      return null
    }
    expect(files.map((file) => visit(file, [])).filter(Boolean)).toEqual([])
  })

  describe('the start', () => {
    const statement = /^(?:import(?! type)|export(?= [{*]))[^'"]*? from '(\.[^']+)'/gm
    const reachedFrom = (entry: string): ReadonlySet<string> => {
      const reached = new Set<string>()
      const visit = (file: string): void => {
        if (reached.has(file)) return
        reached.add(file)
        for (const [, next = ''] of readFileSync(join(src, file), 'utf8').matchAll(statement)) {
          visit(relative(src, resolve(src, dirname(file), next)).replaceAll('\\', '/'))
        }
      }
      visit(entry)
      return reached
    }
    const importing = (files: ReadonlySet<string>, heavy: RegExp) =>
      [...files].filter((file) => heavy.test(readFileSync(join(src, file), 'utf8')))

    it('loads no SDK of a vendor', () => {
      const reached = reachedFrom('start/create-nox.ts')
      expect(reached.size).toBeGreaterThan(100)
      expect(reached).toContain('integrations/github/index.ts')
      const heavy =
        /from '(?:echarts|@resvg\/|@octokit\/|@notionhq\/|@kubernetes\/|@datadog\/|@opentelemetry\/|cockatiel'|yaml'|stripe'|nodemailer'|echarts|@resvg\/)/
      expect(importing(reached, heavy)).toEqual([])
    })

    it('opens the port before Slack, the commands and the road are read', () => {
      const reached = reachedFrom('start/start-workspaces.ts')
      expect(reached).toContain('storage/open-storage.ts')
      expect(importing(reached, /^import (?!type).* from '@slack\//m)).toEqual([])
      expect([...reached].filter((file) => /^(commands|request|channels|language)\//.test(file))).toEqual([])
    })
  })

  it('says of each exported function what its signature does not', () => {
    const declared = /^export (?:(?:async )?function\b|const \w+(?:: [^\n]*?)? =\s+(?:async )?(?:<[^\n]*>)?\()/gm
    const exported = files
      .filter((file) => !/^(?:texts|sandbox\/page)\//.test(file))
      .flatMap((file) => {
        const text = readFileSync(join(src, file), 'utf8')
        return [...text.matchAll(declared)].map(({ index }) => {
          const above = text.slice(0, index)
          const opened = above.lastIndexOf('/**')
          const isTold = above.endsWith('*/\n') && above.indexOf('*/', opened) === above.length - '*/\n'.length
          return { at: `${file}:${above.split('\n').length}`, isTold: opened >= 0 && isTold }
        })
      })
    expect(exported.length).toBeGreaterThan(1_000)
    expect(exported.filter(({ isTold }) => !isTold).map(({ at }) => at)).toEqual([])
  })

  it('names files in kebab-case', () => {
    expect(files.filter((file) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.ts$/.test(file.split('/').at(-1) ?? ''))).toEqual([])
  })
})
