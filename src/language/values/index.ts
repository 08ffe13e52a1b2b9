import type { ValueKind } from '../../domain/command-spec.ts'
import { readAlias } from './aliases.ts'
import { readCount, readLines, readRevision } from './counts.ts'
import { readDate } from './dates.ts'
import { readDuration } from './durations.ts'
import { readEnvironment } from './environment-reader.ts'
import { readName } from './names.ts'
import type { ValueReader } from './reader.ts'
import { readActor, readEmail, readId, readKey } from './references.ts'
import { readBranch, readSha, readTag } from './versions.ts'
import { readAction, readChoice, readCommandName, readFlag, readLevel, readQuoted } from './words.ts'

/** The reader of each kind of value. A rest, a recurrence and an order within an order span a message and are read by the engine itself. */
export const valueReaders: Readonly<Record<Exclude<ValueKind, 'rest' | 'cron' | 'order'>, ValueReader>> = {
  name: readName,
  environment: readEnvironment,
  branch: readBranch,
  tag: readTag,
  sha: readSha,
  duration: readDuration,
  count: readCount,
  lines: readLines,
  revision: readRevision,
  level: readLevel,
  flag: readFlag,
  quoted: readQuoted,
  alias: readAlias,
  id: readId,
  key: readKey,
  email: readEmail,
  actor: readActor,
  date: readDate,
  choice: readChoice,
  action: readAction,
  command: readCommandName,
}
