import { type Member, memberFlags } from '../domain/member.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'

/**
 * Why this editor may not turn a member into `after`; `null` = may. Admins may all; who manages users without being
 * admin touches neither admins, roles nor themselves, and gives nothing that they do not have.
 */
export function whyNotEdit(editor: Member, before: Member, after: Member): Phrase | null {
  if (!mayManageUsers(editor)) return phrase('team.refused')
  if (editor.role === 'admin') return null
  const isOther = before.role !== after.role || before.until !== after.until
  if (before.role === 'admin' || isOther || before.projects.join() !== after.projects.join())
    return phrase('team.refused.admin')
  if (before.id === editor.id) return phrase('team.refused.self')
  return givesMore(editor, before, after) ? phrase('team.refused.more') : null
}

/** Members, their roles and their limits are for those who manage users. */
export const mayManageUsers = (member: Member): boolean =>
  member.removedAt === undefined && member.role !== 'guest' && member.flags.canManageUsers

/** Clusters, services, backups, vendors and routes of alerts are set up by those who may configure integrations. */
export const mayConfigure = (member: Member): boolean =>
  member.removedAt === undefined && member.role !== 'guest' && member.flags.canConfigureIntegrations

function givesMore(editor: Member, before: Member, after: Member): boolean {
  const gives = <T>(had: readonly T[], has: readonly T[], own: readonly T[]) =>
    has.some((each) => !had.includes(each) && !own.includes(each))
  const anyType = editor.allowedActionTypes.includes('*')
  const opens = (closed: string) => !after.restrictedResources.includes(closed)
  return (
    memberFlags.some((flag) => after.flags[flag] && !before.flags[flag] && !editor.flags[flag]) ||
    gives(before.groups, after.groups, editor.groups) ||
    (!anyType && gives(before.allowedActionTypes, after.allowedActionTypes, editor.allowedActionTypes)) ||
    (editor.restrictedResources.length > 0 && before.restrictedResources.some(opens)) ||
    after.maxActionsPerDay > Math.max(before.maxActionsPerDay, editor.maxActionsPerDay)
  )
}
