import { createRequire } from 'node:module'
import type { Pool } from 'undici'

/**
 * The pool of undici without the rest of it: at a start, the whole package (fetch, WebSocket, caches) costs 40 ms and
 * 15 MB more (measured on Node 24).
 */
const Class = createRequire(import.meta.url)('undici/lib/dispatcher/pool.js') as typeof Pool

/** Connections to one origin, kept for the calls that follow. */
export const createPool = (origin: string, options: Pool.Options): Pool => new Class(origin, options)
