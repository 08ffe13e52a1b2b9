// Prints the bill of materials (CycloneDX) of what runs. npm makes it of everything: its own `--omit=dev` also leaves out
// what NOX runs on and a tool of the tests could use (npm 11: yaml, @opentelemetry/api).
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Lock, running } from './dependencies/check.ts'

interface Bill {
  metadata: { component: { name: string } }
  components: { 'bom-ref': string; name: string; version: string }[]
  dependencies: { ref: string; dependsOn?: string[] }[]
}

const root = join(import.meta.dirname, '..')
const made = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
if (made.status !== 0) {
  process.stderr.write(made.stderr)
  process.exit(1)
}
const bill = JSON.parse(made.stdout) as Bill
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
const wanted = new Set(running(lock).map(([name, { version }]) => `${name}@${version}`))
bill.metadata.component.name = 'nox'
bill.components = bill.components.filter(({ name, version }) => wanted.has(`${name}@${version}`))
const kept = new Set(bill.components.map((each) => each['bom-ref']))
bill.dependencies = bill.dependencies
  .filter(({ ref }) => kept.has(ref) || ref.startsWith('nox@'))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }))
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`)
