import type { Template } from '../keys.ts'
import type { frHomeFirst } from './first-fr.ts'

/** The install, the welcome and the first page of Home. In English. */
export const enHomeFirst: Record<keyof typeof frHomeFirst, Template> = {
  'install.title': 'Install NOX in Slack',
  'install.lead':
    'Deployments, logs and the state of your clusters, in words, in the channel where the team already talks.',
  'install.reads': 'NOX reads the messages that mention it and those written to it directly, nothing else.',
  'install.button': 'Add to Slack',
  'install.done.title': 'NOX is installed in {workspace}',
  'install.done.next': 'What to do next',
  'install.done.one': 'Open NOX in Slack: its Home tab leads to the first deployment.',
  'install.done.two': 'In a channel, type /invite @NOX.',
  'install.done.three': 'Write @NOX help.',
  'install.done.open': 'Open NOX in Slack',
  'install.failed.title': 'NOX was not installed',
  'install.failed.cancelled': 'The installation was cancelled in Slack. Nothing has changed.',
  'install.failed.expired':
    'This installation link has expired, was used before, or comes from another browser. A new link is all it takes.',
  'install.failed.slack': 'Slack did not confirm the installation. Nothing has changed; try again in a minute.',
  'install.failed.nox': 'Slack agreed, but NOX could not store it. Our fault, sorry: try again, nothing is lost.',
  'install.again': 'Start again',

  'welcome.title': 'NOX is installed in {workspace}',
  'welcome.text':
    'The first deployment is two steps away: connect a cluster, then declare a service. Both are done in Home.',

  'home.hello': 'Hello {name}',
  'home.start': 'Getting started, {done} of {n}',
  'home.start.done': 'Done: {what}',
  'home.start.todo': 'To do: {what}',
  'home.step.slack': 'Slack connected',
  'home.step.cluster': 'connect a cluster',
  'home.step.service': 'declare a service',
  'home.step.first': 'start NOX in a channel',
  'home.decide': { by: 'n', one: 'To decide ({n})', other: 'To decide ({n})' },
  'home.decide.line': '*{Action}*\nAsked by {person}, expires: {until}',
  'home.actions': 'Your last actions',
  'home.actions.none': 'Nothing yet. Try `@NOX status` in a channel.',
  'home.actions.line': '{result} · {action} · {when}',
  'home.clusters': 'Clusters',
  'home.clusters.none': 'No cluster. NOX needs access to a Kubernetes cluster to deploy.',
  'home.clusters.line': '*{name}* · {environments} · Connected, checked: {ago}',
  'home.clusters.line.watched': '*{name}* · {environments} · Connected and watched, checked: {ago}',
  'home.services': 'Service catalogue',
  'home.services.none': 'No service. Declare what you deploy.',
  'home.services.line': '*{name}* · {environments}',
  'home.services.line.on': '*{name}* · {environments} · {clusters}',
  'home.backups': 'Backups',
  'home.backups.none': 'No backup declared.',
  'home.backups.line': '*{name}* · {env} · CronJob `{cronJob}`',
  'home.updated': 'Updated: {ago}',
  'home.more': { by: 'n', one: 'and {n} more', other: 'and {n} more' },
  'home.state.waiting': '✋ waiting',
  'home.state.queued': '⏳ queued',
  'home.state.running': '⏳ in progress',

  'shortcut.empty': 'This message has no text; nothing was started.',

  'people.more': { by: 'n', one: 'and {n} more', other: 'and {n} more' },

  'notify.buttons': 'Buttons: {labels}',
}
