import type { Template } from '../keys.ts'
import type { frOrdersProgress } from './progress-fr.ts'

/** How an order goes and ends. In English. */
export const enOrdersProgress: Record<keyof typeof frOrdersProgress, Template> = {
  'turn.waits': {
    by: 'n',
    one: '⏳ *Waiting:* {action}\n{n} order goes first. Nothing to do: this one starts by itself.',
    other: '⏳ *Waiting:* {action}\n{n} orders go first. Nothing to do: this one starts by itself.',
  },
  'turn.busy': '⏳ *Waiting:* {action}\nNOX is very busy. Nothing to do: this order starts by itself.',

  'step.done': '✅ Done: {what}',
  'step.now': '⏳ Now: {what}',
  'step.next': 'Next: {what}',
  'step.image': 'image `{image}`',
  'step.patch': 'Deployment changed',
  'step.patching': 'change the Deployment',
  'step.rollout': 'rollout, {ready}/{total} {total|pod|pods} ready',
  'step.rollout.wait': 'rollout',
  'step.job': 'Job `{job}`, {elapsed}',
  'step.resumed': 'NOX restarted; the action goes on, nothing is redone.',
  'step.start': 'the start',

  'deploy.done':
    '✅ *Deployed:* `{service}` to {env}\n`{before}` → `{after}` in {duration} · {ready}/{total} {total|pod|pods} ready',
  'slack.slow': 'Slack slows messages down; the action itself goes on.',
  'deploy.ring': '{mention} `{service}` `{after}` is live in {env}.',
  'deploy.same': 'Nothing to do: `{service}` already runs `{version}` in {env}.',
  'deploy.now': 'Version `{before}` is still serving: {ready}/{total} {total|pod|pods} ready.',
  'deploy.down': '⚠️ No pod is answering.',

  'rollback.done':
    '✅ *Rolled back:* `{service}` in {env}\n`{before}` → `{after}` in {duration} · {ready}/{total} {total|pod|pods} ready',
  'rollback.none': 'No earlier version of `{service}` in {env}.',
  'rollback.unknown': 'No version `{version}` of `{service}` is known in {env}. {known}',
  'rollback.known': 'Known: {versions}.',
  'rollback.known.none': 'There is none before the one that runs.',

  'restart.done':
    '✅ *Restarted:* `{service}` in {env}\n`{version}` in {duration} · {ready}/{total} {total|pod|pods} ready',

  'scale.done':
    '✅ *Scaled:* `{service}` in {env}\n{before} → {after} in {duration} · {ready}/{total} {total|pod|pods} ready',

  'backup.ring': '{mention} the backup of `{target}` is finished, in {duration}.',
  'backup.done': '✅ *Backed up:* `{target}`\nIn {duration}',
  'backup.done.size': '✅ *Backed up:* `{target}`\n{size} in {duration}',
  'backup.failed': 'Job `{job}` failed: {why}.',
  'backup.failed.plain': 'Job `{job}` failed.',
  'backup.exit': 'exit code {code}',
  'backup.last': 'Last good one: {ago}.',

  'result.none': '– nothing done',
  'result.unanswered': '– unanswered',
  'result.done': '✅ done',
  'result.refused': '⛔ refused',
  'result.failed': '❌ failed',
  'result.cancelled': '⏹️ cancelled',
  'result.expired': '⏹️ expired',
  'result.unknown': '⚠️ unknown',
  'result.requested': '✋ requested',
  'result.approved': '✅ approved',
  'result.denied': '⛔ denied',
  'result.changed': '✅ changed',

  'finished.title': '✅ *Marked as done:* {action}',
  'finished.done': 'By {person}.',

  'recheck.notStarted': 'Checked: nothing changed in the cluster; you can try again.',
  'recheck.unknown': 'Still uncertain. Look at the cluster, then mark the action as done or try again.',

  'nox.down': '❌ *NOX failed:* {action}\nOur fault, sorry. Nothing was started. Reference `{ref}`.',
  'nox.failed':
    '❌ *NOX failed:* {action}\nOur fault, sorry. Check the status before you start again. Reference `{ref}`.',

  'vendor.down': '❌ *{vendor} is not answering:* {action}\nNothing was done; it does not count.',

  notTaken: 'The order could not be stored; nothing was started. Try again in a minute.',

  notInChannel: 'NOX is not in this channel. Type `/invite @NOX`.',
  toldApart: 'Answered here: NOX can no longer write in {channel} (archived, closed or left)',

  'output.page': 'Lines {from} to {to} of {total}',
}
