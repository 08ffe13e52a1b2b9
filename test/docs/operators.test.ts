import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usages } from '../../src/cli/usage.ts'
import { variables } from '../../src/config/variables.ts'
import { testKey } from '../helpers/each-database.ts'
import { runCli } from '../helpers/run-cli.ts'
import { seedInstallation } from '../helpers/seed-installation.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'docs/operators')
const pages = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
/** Lines of code blocks and of inline code, wherever they stand. */
const codeOf = (text: string) => [
  ...[...text.matchAll(/^ {4,}(\S.*)$/gm)].map(([, line = '']) => line),
  ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
]
const code = pages.flatMap(({ name, text }) => codeOf(text).map((line) => ({ name, line: line.replace(/ +#.*$/, '') })))
const unique = (lines: readonly string[]) => [...new Set(lines)].toSorted()

describe('docs/operators', () => {
  it('has pages for each task, and the index leads to all', () => {
    const names = pages.map((each) => each.name).filter((name) => name !== 'README.md')
    const index = readFileSync(join(folder, 'README.md'), 'utf8')
    expect(names).toHaveLength(7)
    for (const name of names) expect(index).toContain(`](${name})`)
  })

  it('links to what is there', () => {
    const links = pages.flatMap(({ name, text }) =>
      [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => ({ name, target })),
    )
    expect(links.length).toBeGreaterThan(15)
    expect(links.filter(({ target }) => !target.startsWith('http') && !existsSync(join(folder, target)))).toEqual([])
  })

  it('names variables and commands that exist', () => {
    const named = code.flatMap(({ line }) => line.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [])
    expect(unique(named).length).toBeGreaterThan(10)
    expect(unique(named).filter((name) => !(name in variables))).toEqual([])
    const commands = code.flatMap(({ line }) =>
      [...line.matchAll(/(?:npm run nox --|node src\/cli\.ts|^nox) (\w+)/g)].map(([, name = '']) => name),
    )
    expect(unique(commands)).toEqual(['audit', 'db', 'doctor', 'keys', 'migrate', 'tenants'])
    expect(unique(commands).filter((name) => !(name in usages))).toEqual([])
  })

  describe('its commands run', () => {
    const place = mkdtempSync(join(tmpdir(), 'nox-docs-'))
    const env = { DATABASE_PATH: join(place, 'nox.db'), NOX_MASTER_KEY: testKey }
    beforeAll(() => seedInstallation({ path: env.DATABASE_PATH }))
    afterAll(() => rmSync(place, { recursive: true, force: true }))

    /** What is written, but for the place where a backup goes. `db copy` is test/operations/db-copy.test.ts. */
    const runnable = unique(
      code.flatMap(({ line }) => /^npm run nox -- (.+)$/.exec(line)?.[1] ?? []).filter((line) => line !== 'db copy'),
    )
    it.each(runnable)('npm run nox -- %s', async (line) => {
      const args = line.split(' ').map((word) => (word.startsWith('/backups/') ? join(place, 'backup.db') : word))
      const run = await runCli(args, env)
      expect(run).toMatchObject({ code: 0, stderr: '' })
      expect(run.stdout).not.toBe('')
    })

    it('and they are those that an operator needs', () => {
      for (const each of ['doctor', 'doctor --json', 'migrate', 'audit verify', 'keys new', 'keys rotate']) {
        expect(runnable).toContain(each)
      }
    })

    const hasKubectl = spawnSync('kubectl', ['kustomize', '--help']).status === 0
    const rendered = unique(code.flatMap(({ line }) => /^kubectl kustomize (\S+)$/.exec(line)?.[1] ?? []))
    it.skipIf(!hasKubectl).each(rendered)('kubectl kustomize %s', (path) => {
      const run = spawnSync('kubectl', ['kustomize', path], { cwd: root, encoding: 'utf8' })
      expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
      expect(run.stdout).toContain('kind: Deployment')
    })

    it('names folders of manifests that are there', () => {
      const named = unique(code.flatMap(({ line }) => line.match(/\b(?:overlays|components)\/[\w-]+/g) ?? []))
      expect(named.length).toBeGreaterThan(3)
      expect(named.filter((path) => !existsSync(join(root, 'manifests', path)))).toEqual([])
      expect(dirname(folder)).toBe(join(root, 'docs'))
    })
  })
})
