// JavaScript on purpose: what runs before the compile cache is on is stripped of its types at every start, and loads
// the stripper for it (docs/decisions/0010).
import nodeModule from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

if (!process.features.typescript) {
  process.stderr.write(
    `nox: Node ${process.versions.node} can't run NOX. Install Node 24 (22.18 or newer will do); \`npm ci\` without --omit=dev brings one along.\n`,
  )
  process.exit(1)
}

// What every order runs is optimized after a third of the calls that V8 would wait for: a quarter less processor time a
// mention, from the first thousands on (docs/decisions/0010). A V8 that has no such flag goes on without.
setFlagsFromString('--invocation-count-for-turbofan=1000')
nodeModule.enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/nox'))
await import('./main.ts')
