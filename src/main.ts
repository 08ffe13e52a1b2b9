import { main } from './start/run.ts'

main().catch((error: unknown) => {
  const known = error instanceof Error && error.name === 'NoxError'
  process.stderr.write(`nox: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
