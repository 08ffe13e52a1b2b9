import { actionTypes } from '../../../domain/command-spec.ts'
import { type Member, memberFlags } from '../../../domain/member.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { FormField, FormView } from './form.ts'

/** The forms of a member, each of one part of them. */
export const memberForms = ['role', 'groups', 'limits', 'access'] as const
export type MemberForm = (typeof memberForms)[number]

/** One form of a member, as they are now; `note` stands above it. */
export function memberForm(
  part: MemberForm,
  member: Member,
  groups: readonly string[],
  metadata: string,
  note: Phrase | null,
  until: string,
): FormView {
  const fields = { role: roleFields, groups: groupFields, limits: limitFields, access: accessFields }[part]
  return {
    callbackId: `team.${part}`,
    title: phrase(`button.${part}`),
    submit: phrase('button.save'),
    metadata,
    intro: [...(note ? [note] : []), phrase('team.form.about', { name: member.name })],
    fields: fields(member, groups, until),
  }
}

function roleFields(
  member: Pick<Member, 'role' | 'projects'>,
  _groups: readonly string[],
  until: string,
  isNew = false,
): FormField[] {
  const options = (['admin', 'member', 'guest'] as const).map((role) => ({
    label: phrase(`role.${role}`),
    value: role,
  }))
  return [
    {
      name: 'role',
      label: phrase('button.role'),
      ...(isNew ? {} : { hint: phrase('team.role.hint') }),
      options,
      value: member.role,
    },
    {
      name: 'projects',
      label: phrase('field.projects'),
      hint: phrase('field.projects.hint', { example: 'web, client-*' }),
      optional: true,
      value: member.projects.join(', '),
    },
    {
      name: 'until',
      label: phrase('field.until'),
      hint: phrase('field.until.hint'),
      kind: 'date',
      optional: true,
      value: until,
    },
  ]
}

/** Who comes, and as what. @param back who was removed and comes back; `null` = whom the form names */
export function inviteForm(
  role: Member['role'],
  groups: readonly string[],
  metadata: string,
  byMail: { readonly example: string } | null,
  isIndividual: boolean,
  back: Pick<Member, 'name'> | null = null,
): FormView {
  const people: FormField = {
    name: 'people',
    label: phrase('field.people'),
    hint: phrase('field.people.hint'),
    kind: 'people',
    optional: byMail !== null,
  }
  const emails: FormField[] = byMail
    ? [
        {
          name: 'emails',
          label: phrase('field.emails'),
          hint: phrase('field.emails.hint', { example: byMail.example }),
          optional: true,
          lines: 'many',
        },
      ]
    : []
  return {
    callbackId: 'team.invite',
    title: phrase(back ? 'button.bringBack' : 'button.invite'),
    submit: phrase(back ? 'button.bringBack' : 'button.invite'),
    metadata,
    ...(back ? { intro: [phrase('team.form.about', { name: back.name })] } : {}),
    fields: [
      ...(back ? [] : [people, ...emails]),
      ...roleFields({ role, projects: [] }, groups, '', true),
      ...(isIndividual ? [] : groupFields({ groups: [] }, groups)),
    ],
  }
}

function groupFields(member: Pick<Member, 'groups'>, groups: readonly string[]): FormField[] {
  const known = [...new Set([...groups, ...member.groups])]
  const fresh: FormField = {
    name: 'fresh',
    label: phrase('field.newGroups'),
    hint: phrase('field.newGroups.hint'),
    optional: true,
  }
  if (known.length === 0) return [fresh]
  const options = known.map((name) => ({ label: name, value: name }))
  const chosen: FormField = {
    name: 'groups',
    label: phrase('button.groups'),
    options,
    several: true,
    optional: true,
    values: member.groups,
  }
  return [chosen, fresh]
}

function limitFields(member: Member): FormField[] {
  const options = [
    { label: phrase('team.anyType'), value: '*' },
    ...actionTypes.map((type) => ({ label: phrase(`type.${type}`), value: type })),
  ]
  return [
    {
      name: 'maxActionsPerDay',
      label: phrase('field.perDay'),
      hint: phrase('field.perDay.hint'),
      kind: 'number',
      value: String(member.maxActionsPerDay),
    },
    {
      name: 'allowedActionTypes',
      label: phrase('field.types'),
      options,
      several: true,
      optional: true,
      values: member.allowedActionTypes,
    },
    {
      name: 'restrictedResources',
      label: phrase('field.closed'),
      hint: phrase('field.closed.hint', { example: 'prod-db, *-secret' }),
      optional: true,
      value: member.restrictedResources.join(', '),
    },
  ]
}

function accessFields(member: Member): FormField[] {
  const options = memberFlags.map((flag) => ({ label: phrase(`flag.${flag}`), value: flag }))
  const values = memberFlags.filter((flag) => member.flags[flag])
  return [{ name: 'flags', label: phrase('field.flags'), options, several: true, optional: true, values }]
}
