import type { CommandWords } from '../../domain/command-spec.ts'
import { approveWords } from './approve.ts'
import { auditWords } from './audit.ts'
import { backupWords } from './backup.ts'
import { canWords } from './can.ts'
import { cancelWords } from './cancel.ts'
import { denyWords } from './deny.ts'
import { deployWords } from './deploy.ts'
import { eventsWords } from './events.ts'
import { helpWords } from './help.ts'
import { logsWords } from './logs.ts'
import { podsWords } from './pods.ts'
import { restartWords } from './restart.ts'
import { rollbackWords } from './rollback.ts'
import { scaleWords } from './scale.ts'
import { statusWords } from './status.ts'
import { usageWords } from './usage.ts'
import { whoamiWords } from './whoami.ts'

/** The words of every command, read by the language part and by `help`. */
export const allWords: readonly CommandWords[] = [
  approveWords,
  auditWords,
  backupWords,
  canWords,
  cancelWords,
  denyWords,
  deployWords,
  eventsWords,
  helpWords,
  logsWords,
  podsWords,
  restartWords,
  rollbackWords,
  scaleWords,
  statusWords,
  usageWords,
  whoamiWords,
]
