import { alertsRules } from './alert-rules.ts'
import { alertsList, alertsMute, alertsUnmute } from './alerts.ts'
import { aliasList, aliasLock, aliasRemove, aliasSet, aliasUnlock } from './alias.ts'
import { approvals } from './approvals.ts'
import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { can } from './can.ts'
import { channelClear, channelSet, channelShow } from './channel.ts'
import type { Command } from './command.ts'
import { dashboard } from './dashboard.ts'
import { approve, cancel, deny } from './decide.ts'
import { deploy } from './deploy.ts'
import { docs } from './docs.ts'
import { events } from './events.ts'
import { help } from './help.ts'
import { incidentChannel } from './incident-channel.ts'
import { incidentOpen } from './incident-open.ts'
import { incidentPostmortem } from './incident-postmortem.ts'
import { incidentRole } from './incident-role.ts'
import { incidentAck, incidentNote, incidentResolve, incidentStatus } from './incidents.ts'
import { logs } from './logs.ts'
import { metrics } from './metrics.ts'
import { onCall } from './on-call.ts'
import { groupAdd, groupCreate, groupRemove, invite, peopleRemove, peopleRole } from './people.ts'
import { pods } from './pods.ts'
import { pulls } from './pulls.ts'
import { alertsAck, alertsLoud, alertsQuiet, alertsReceived } from './received-alerts.ts'
import { releases } from './releases.ts'
import { report } from './report.ts'
import { restart } from './restart.ts'
import { rollback } from './rollback.ts'
import { runs } from './runs.ts'
import { runsCancel, runsRerun } from './runs-change.ts'
import { scale } from './scale.ts'
import { schedule } from './schedule.ts'
import { scheduleCancel, scheduleList, schedulePause, scheduleResume } from './schedules.ts'
import { status } from './status.ts'
import { ticketList, ticketShow } from './tickets.ts'
import { ticketClose, ticketComment, ticketCreate } from './tickets-change.ts'
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
  runs,
  runsRerun,
  runsCancel,
  pulls,
  releases,
  ticketCreate,
  ticketShow,
  ticketList,
  ticketComment,
  ticketClose,
  docs,
  alertsList,
  alertsMute,
  alertsUnmute,
  alertsRules,
  alertsReceived,
  alertsAck,
  alertsQuiet,
  alertsLoud,
  onCall,
  dashboard,
  metrics,
  incidentOpen,
  incidentAck,
  incidentNote,
  incidentRole,
  incidentChannel,
  incidentResolve,
  incidentStatus,
  incidentPostmortem,
  report,
  schedule,
  scheduleList,
  schedulePause,
  scheduleResume,
  scheduleCancel,
  approvals,
  approve,
  deny,
  cancel,
  invite,
  peopleRemove,
  peopleRole,
  groupAdd,
  groupCreate,
  groupRemove,
  whoami,
  can,
  usage,
  audit,
  channelSet,
  channelShow,
  aliasSet,
  aliasList,
  channelClear,
  aliasRemove,
  aliasLock,
  aliasUnlock,
  help,
]

const byName = new Map(commands.map((command) => [command.words.name, command]))

/** A command by its canonical name. */
export const findCommand = (name: string): Command | undefined => byName.get(name)
