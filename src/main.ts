import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Stripping types and compiling take most of a start: both are kept from the second start on, where the disk allows it.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/nox'))

async function start(): Promise<void> {
  const { main } = await import('./start/run.ts')
  await main()
}

start().catch((error: unknown) => {
  const known = error instanceof Error && error.name === 'NoxError'
  process.stderr.write(`nox: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
