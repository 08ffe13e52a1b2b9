import type { Template } from '../keys.ts'
import type { frWorkspaces } from './workspaces-fr.ts'

/** Several Slack workspaces in one tenant. */
export const enWorkspaces: Record<keyof typeof frWorkspaces, Template> = {
  'button.workspace.add': 'Add a Slack workspace',
  'button.workspace.join': 'Join a company',
  'button.workspace.ask': 'Ask',
  'button.workspace.leave': 'Separate',
  'button.workspace.accept': 'Accept',
  'field.code': 'Code',
  'workspace.title': { by: 'n', one: 'Slack workspace', other: '{n} Slack workspaces' },
  'workspace.line.first': '*{name}* · the first workspace',
  'workspace.line': '*{name}* · since: {since}',
  'workspace.request': '✋ *{workspace}* asks to join {tenant}\nBy {person}. Expires: {until}',
  'workspace.code.about':
    'An admin of the other Slack workspace pastes this code: NOX’s Home, Team (or Guests), “Join a company”. It works once, for one hour; the one before is dead.',
  'workspace.code.then': 'You then see which workspace asks, and nothing is done unless you accept.',
  'workspace.code': '{code}',
  'workspace.join.about': 'An admin of the other workspace makes the code: NOX’s Home, Team, “Add a Slack workspace”.',
  'workspace.badCode': 'This code does not exist, was used, or has expired. Ask for a new one.',
  'workspace.same': 'This workspace belongs to it already.',
  'workspace.several': 'This workspace is linked to others: separate them first.',
  'workspace.subscribed': 'A subscription is running here: cancel it first, in Billing.',
  'workspace.running': 'Action #{n} is running: try again once it has ended.',
  'workspace.company': 'Only a company brings several Slack workspaces together. The kind is changed in the settings.',
  'workspace.preview': 'This Slack workspace will join *{tenant}* once an admin of {tenant} has accepted.',
  'workspace.preview.stays':
    'What does not come along: {members} {members|member|members}, {zones} {zones|zone|zones}, {integrations} {integrations|cluster or integration|clusters and integrations}, {schedules} {schedules|schedule|schedules}, the audit log. Nothing is mixed. Schedules and waiting requests end; everything is deleted after {days} days.',
  'workspace.preview.people':
    'People from here become members of {tenant} when they speak to NOX; its admins decide on their rights.',
  'workspace.preview.leave': 'An admin can separate it later: this workspace then begins anew.',
  'workspace.asked': 'The admins of {tenant} were asked. They have {days} days to accept; until then nothing changes.',
  'workspace.gone': 'This request is gone: it was decided, or has expired.',
  'workspace.askerLeft': 'Who asked is no longer an admin of that workspace. A new request is needed.',
  'workspace.full': 'The {n} places of the plan are taken: nobody could come in. Free some, or choose a larger plan.',
  'workspace.joined': '{workspace} has joined. Its people come in when they speak to NOX; set their roles here.',
  'workspace.refused': 'Refused: {workspace} stays apart.',
  'workspace.leave.title': 'Separate {workspace} from {tenant}?',
  'workspace.leave.text':
    'Its people lose their rights here; their requests and schedules end. The history stays. The workspace begins anew, on the free plan.',
  'workspace.left': '{workspace} is separated from {tenant} and begins anew.',
  'workspace.notJoined': 'This workspace has joined nobody: there is nothing to separate.',
  'workspace.lastAdmin': 'Without this workspace there would be no admin here. Name an admin elsewhere first.',
  'workspace.told.asked': '{workspace} asks to join NOX here, by {person}',
  'workspace.told.decide': 'Decide in Home, tab Team. Without an answer the request expires after {days} days.',
  'workspace.told.refused': '{tenant} did not accept the request. Nothing has changed here.',
  'workspace.told.joined': 'This Slack workspace now belongs to {tenant}',
  'command.workspace.invite': 'prepare for another Slack workspace',
  'command.workspace.ask': 'ask to join a company',
  'command.workspace.join': 'bring Slack workspaces together',
  'command.workspace.refuse': 'refuse a Slack workspace',
  'command.workspace.leave': 'separate a Slack workspace',
}
