import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Core } from './core.ts'
import { quiet } from './wait-for.ts'

/** Changes are written this long after the first of them, ms. */
const writeDelayMs = 500
const version = 1

function snapshot(core: Core) {
  return {
    version,
    ids: core.ids.save(),
    channels: core.world.save(),
    installations: core.installations.save(),
    messages: core.messages.save(),
    files: core.files.save(),
    homes: core.views.save(),
  }
}

/** Takes up what an earlier double left in the file; a missing or unreadable file is an empty one. */
function restore(core: Core, file: string): void {
  let saved: ReturnType<typeof snapshot>
  try {
    saved = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return
  }
  if (saved?.version !== version) return
  core.ids.load(saved.ids)
  core.world.load(saved.channels)
  core.installations.load(saved.installations)
  core.messages.load(saved.messages)
  core.files.load(saved.files)
  core.views.load(saved.homes)
}

/**
 * Keeps workspaces over restarts in one JSON file, readable by its owner alone.
 * @returns writes what is still to write and ends it
 */
export function persist(core: Core, file: string): () => void {
  restore(core, file)
  let timer: NodeJS.Timeout | null = null
  const write = () => {
    if (timer) clearTimeout(timer)
    timer = null
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(snapshot(core)), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  const unsubscribe = core.hub.subscribe((event) => {
    if (quiet.has(event.type) || event.type === 'status') return
    timer ??= setTimeout(write, writeDelayMs)
  })
  return () => {
    unsubscribe()
    if (timer) write()
  }
}
