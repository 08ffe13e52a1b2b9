import type { Template } from '../keys.ts'
import type { frGovernanceInvitations } from './invitations-fr.ts'

/** Guests and invitations, by letter and in Home. In English. */
export const enGovernanceInvitations: Record<keyof typeof frGovernanceInvitations, Template> = {
  'invited.guest': 'Your guest access to {projects}, in {tenant}, by {person}.\nYou can see: status, logs.{end}',
  'invited.until': ' Ends: {until}.',
  'invited.member': '{person} added you to the team of {tenant} in NOX.\n`@NOX help` shows what you can do.',

  'mail.footer':
    'This message comes from NOX, your team’s DevOps assistant in Slack. No need to answer: nobody reads this address.',

  'invite.nobody': 'Choose people, or write addresses.',
  'invite.badAddress': '{email} is no email address.',
  'invite.gone': 'This invitation is not open any more.',
  'invite.resent': 'A new invitation is on its way to {email}. The old link is dead.',
  'invite.revoked': 'The invitation of {email} is revoked. Its link is dead.',
  'invite.open': { by: 'n', one: '{n} open invitation', other: '{n} open invitations' },
  'invite.line': '{email} · {role} · expires: {until}',
  'invite.more': { by: 'n', one: 'and {n} more invitation', other: 'and {n} more invitations' },
  'invite.came': '{person} accepted your invitation ({email}) and is in the team now.',
  'invite.expired': 'The invitation of {email} expired without an answer. You can send another one.',
  'invite.link.noMail': 'NOX sends no email here.',
  'invite.link.failed': 'The email to {email} could not be sent.',
  'invite.link.limit': 'The email to {email} was not sent: NOX writes {limit} invitations a day at most.',
  'invite.link.pass': 'Please pass this link on to {email}: {url}\nIt works once, for {days} days.',
  'invite.mail.title': '{person} invites you to NOX, team {tenant}',
  'invite.mail.about':
    'NOX answers in Slack: the state of services, logs, deployments and approvals, with the rights that your team gives you.',
  'invite.mail.once': 'This link works once, for {days} days. If you did not expect this invitation, ignore it.',
  'invite.mail.button': 'See the invitation',
  'invite.page.title': 'Join the team {tenant}',
  'invite.page.lead': '{person} invites you to the team {tenant} in NOX.',
  'invite.page.signIn': 'Sign in with the Slack account of {email}. NOX learns your name and address, nothing else.',
  'invite.page.button': 'Sign in with Slack',
  'invite.page.joined': 'Welcome to the team {tenant}',
  'invite.page.next': 'In Slack, write @NOX help to see what you can do.',
  'invite.page.problem': 'The invitation did not work out',
  'invite.page.already': 'You are in the team already',
  'invite.page.why.gone':
    'This link was used, revoked, or has expired. Ask the person who wrote to you for a new invitation.',
  'invite.page.why.other-account':
    'This invitation is for another address than that of your Slack account. Open the link again and choose the right account, or ask for an invitation to your address.',
  'invite.page.why.outside':
    'Your Slack account is not in this team’s workspace. Ask to be added there first, then open the link again.',
  'invite.page.why.withdrawn':
    'The person who invited you may not do so any more. Ask another admin of the team for an invitation.',
  'invite.page.why.already': 'In Slack, write @NOX my rights to see what you can do.',
  'invite.page.why.full': 'The team’s plan has no place left. Once an admin frees one, open the link again.',
  'invite.page.why.cancelled': 'You did not finish signing in. Open the link again to start over.',
  'invite.page.why.failed': 'Signing in did not work. Open the link of the email again.',
  'invite.outside': '{person} is not of your Slack workspace.',
  'invite.already.guest':
    '{person} is among the guests already. To open a project to them, add it to the order: `project user-api`.',
  'invite.already': '{person} is in the team already.',
}
