import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { can } from './can.ts'
import type { Command } from './command.ts'
import { approve, cancel, deny } from './decide.ts'
import { deploy } from './deploy.ts'
import { events } from './events.ts'
import { help } from './help.ts'
import { logs } from './logs.ts'
import { pods } from './pods.ts'
import { restart } from './restart.ts'
import { rollback } from './rollback.ts'
import { scale } from './scale.ts'
import { status } from './status.ts'
import { usage } from './usage.ts'
import { whoami } from './whoami.ts'

/** Every command that NOX can run. */
export const commands: readonly Command[] = [
  deploy,
  rollback,
  restart,
  scale,
  logs,
  status,
  pods,
  events,
  backup,
  approve,
  deny,
  cancel,
  whoami,
  can,
  usage,
  audit,
  help,
]

const byName = new Map(commands.map((command) => [command.words.name, command]))

/** A command by its canonical name. */
export const findCommand = (name: string): Command | undefined => byName.get(name)
