import type { CommandWords } from '../../domain/command-spec.ts'
import { alertsAckWords } from './alerts-ack.ts'
import { alertsListWords } from './alerts-list.ts'
import { alertsLoudWords } from './alerts-loud.ts'
import { alertsMuteWords } from './alerts-mute.ts'
import { alertsQuietWords } from './alerts-quiet.ts'
import { alertsReceivedWords } from './alerts-received.ts'
import { alertsRulesWords } from './alerts-rules.ts'
import { alertsUnmuteWords } from './alerts-unmute.ts'
import { aliasListWords } from './alias-list.ts'
import { aliasLockWords } from './alias-lock.ts'
import { aliasRemoveWords } from './alias-remove.ts'
import { aliasSetWords } from './alias-set.ts'
import { aliasUnlockWords } from './alias-unlock.ts'
import { approvalsWords } from './approvals.ts'
import { approveWords } from './approve.ts'
import { auditWords } from './audit.ts'
import { backupWords } from './backup.ts'
import { canWords } from './can.ts'
import { cancelWords } from './cancel.ts'
import { channelClearWords } from './channel-clear.ts'
import { channelSetWords } from './channel-set.ts'
import { channelShowWords } from './channel-show.ts'
import { dashboardWords } from './dashboard.ts'
import { demoWords } from './demo.ts'
import { denyWords } from './deny.ts'
import { deployWords } from './deploy.ts'
import { docsWords } from './docs.ts'
import { eventsWords } from './events.ts'
import { helpWords } from './help.ts'
import { incidentAckWords } from './incident-ack.ts'
import { incidentChannelWords } from './incident-channel.ts'
import { incidentNoteWords } from './incident-note.ts'
import { incidentOpenWords } from './incident-open.ts'
import { incidentPostmortemWords } from './incident-postmortem.ts'
import { incidentResolveWords } from './incident-resolve.ts'
import { incidentRoleWords } from './incident-role.ts'
import { incidentStatusWords } from './incident-status.ts'
import { inviteWords } from './invite.ts'
import { logsWords } from './logs.ts'
import { metricsWords } from './metrics.ts'
import { onCallWords } from './on-call.ts'
import { groupAddWords, groupCreateWords, groupRemoveWords, peopleRemoveWords, peopleRoleWords } from './people.ts'
import { podsWords } from './pods.ts'
import { pullsWords } from './pulls.ts'
import { releasesWords } from './releases.ts'
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
import { schedulePauseWords, scheduleResumeWords } from './schedule-pause.ts'
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
  alertsRulesWords,
  alertsReceivedWords,
  alertsAckWords,
  alertsQuietWords,
  alertsLoudWords,
  aliasListWords,
  aliasLockWords,
  aliasRemoveWords,
  aliasSetWords,
  aliasUnlockWords,
  channelClearWords,
  channelSetWords,
  channelShowWords,
  approvalsWords,
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
  groupAddWords,
  groupCreateWords,
  groupRemoveWords,
  helpWords,
  incidentAckWords,
  incidentChannelWords,
  incidentNoteWords,
  incidentOpenWords,
  incidentPostmortemWords,
  incidentResolveWords,
  incidentRoleWords,
  incidentStatusWords,
  inviteWords,
  logsWords,
  metricsWords,
  onCallWords,
  peopleRemoveWords,
  peopleRoleWords,
  podsWords,
  pullsWords,
  releasesWords,
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
  schedulePauseWords,
  scheduleResumeWords,
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
