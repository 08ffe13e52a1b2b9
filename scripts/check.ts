// Runs every check, also after one has failed, and exits with 1 if any did.
import { spawnSync } from 'node:child_process'

const checks: readonly (readonly [string, string, ...string[]])[] = [
  ['types', 'tsc'],
  ['lint and format', 'biome', 'check', '.'],
  ['licences and install scripts', 'node', 'scripts/dependencies.ts'],
  // A reporter of its own: the counts of the whole suite stay as they are.
  ['manifest', 'vitest', 'run', '--reporter=dot', 'test/manifest.test.ts'],
]
const failed = checks.filter(([name, command, ...args]) => {
  console.log(`> ${name}`)
  return spawnSync(command, args, { stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) {
  console.error(`Failed: ${failed.map(([name]) => name).join(', ')}`)
  process.exitCode = 1
}
