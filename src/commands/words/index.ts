import type { CommandWords } from '../../domain/command-spec.ts'
import { alertsListWords } from './alerts-list.ts'
import { alertsMuteWords } from './alerts-mute.ts'
import { alertsUnmuteWords } from './alerts-unmute.ts'
import { approveWords } from './approve.ts'
import { auditWords } from './audit.ts'
import { backupWords } from './backup.ts'
import { canWords } from './can.ts'
import { cancelWords } from './cancel.ts'
import { dashboardWords } from './dashboard.ts'
import { demoWords } from './demo.ts'
import { denyWords } from './deny.ts'
import { deployWords } from './deploy.ts'
import { docsWords } from './docs.ts'
import { eventsWords } from './events.ts'
import { helpWords } from './help.ts'
import { incidentAckWords } from './incident-ack.ts'
import { incidentOpenWords } from './incident-open.ts'
import { incidentResolveWords } from './incident-resolve.ts'
import { incidentStatusWords } from './incident-status.ts'
import { inviteWords } from './invite.ts'
import { logsWords } from './logs.ts'
import { metricsWords } from './metrics.ts'
import { podsWords } from './pods.ts'
import { pullsWords } from './pulls.ts'
import { reportWords } from './report.ts'
import { restartWords } from './restart.ts'
import { rollbackWords } from './rollback.ts'
import { runsWords } from './runs.ts'
import { runsCancelWords } from './runs-cancel.ts'
import { runsRerunWords } from './runs-rerun.ts'
import { scaleWords } from './scale.ts'
import { scheduleWords } from './schedule.ts'
import { scheduleCancelWords } from './schedule-cancel.ts'
import { scheduleListWords } from './schedule-list.ts'
import { shareWords } from './share.ts'
import { statusWords } from './status.ts'
import { ticketCloseWords } from './ticket-close.ts'
import { ticketCommentWords } from './ticket-comment.ts'
import { ticketCreateWords } from './ticket-create.ts'
import { ticketListWords } from './ticket-list.ts'
import { ticketShowWords } from './ticket-show.ts'
import { usageWords } from './usage.ts'
import { whoamiWords } from './whoami.ts'

/** The words of every command, read by the language part and by `help`. */
export const allWords: readonly CommandWords[] = [
  alertsListWords,
  alertsMuteWords,
  alertsUnmuteWords,
  approveWords,
  auditWords,
  backupWords,
  canWords,
  cancelWords,
  dashboardWords,
  demoWords,
  denyWords,
  deployWords,
  docsWords,
  eventsWords,
  helpWords,
  incidentAckWords,
  incidentOpenWords,
  incidentResolveWords,
  incidentStatusWords,
  inviteWords,
  logsWords,
  metricsWords,
  podsWords,
  pullsWords,
  reportWords,
  restartWords,
  rollbackWords,
  runsWords,
  runsCancelWords,
  runsRerunWords,
  scaleWords,
  scheduleWords,
  scheduleCancelWords,
  scheduleListWords,
  shareWords,
  statusWords,
  ticketCloseWords,
  ticketCommentWords,
  ticketCreateWords,
  ticketListWords,
  ticketShowWords,
  usageWords,
  whoamiWords,
]
