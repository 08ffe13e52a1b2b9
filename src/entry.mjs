// JavaScript on purpose: what runs before the compile cache is on is stripped of its types at every start, and loads
// the stripper for it (docs/decisions/0010).
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/nox'))
await import('./main.ts')
