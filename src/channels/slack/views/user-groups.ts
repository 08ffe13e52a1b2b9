import type { GroupLink } from '../../../domain/group-link.ts'
import type { UserGroup } from '../../../domain/user-groups.ts'
import { phrase } from '../../../texts/phrase.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import type { Drawing } from './drawing.ts'
import type { FormField, FormView } from './form.ts'
import { overflow } from './list.ts'

/** So many groups that follow one are shown; of more it is said how many. */
const mostShown = 10

/** Groups that follow Slack user groups, each with its trouble; nothing where there are none. */
export function followedBlocks(draw: Drawing, links: readonly GroupLink[]): SlackBlock[] {
  if (links.length === 0) return []
  const more = links.length - mostShown
  return [
    draw.header(phrase('follow.title', { n: links.length })),
    ...links.slice(0, mostShown).map((link) => {
      const menu = overflow(draw, `team.followed.${link.group}`, [['button.unfollow', 'unfollow']])
      return draw.section(lineOf(link), menu)
    }),
    ...(more > 0 ? [draw.context(phrase('home.more', { n: more }))] : []),
  ]
}

function lineOf({ group, handle, trouble, syncedAt }: GroupLink) {
  if (trouble) return phrase(`follow.trouble.${trouble}`, { group, handle })
  const seen = syncedAt === null ? '' : phrase('follow.seen', { ago: { kind: 'time', at: syncedAt, as: 'ago' } })
  return phrase('follow.line', { group, handle, seen })
}

/** Which group follows which user group. */
export function followForm(userGroups: readonly UserGroup[], groups: readonly string[], metadata: string): FormView {
  const options = userGroups.map(({ id, handle, name }) => ({ label: `@${handle} · ${name}`, value: id }))
  const group: FormField = {
    name: 'group',
    label: phrase('field.group'),
    optional: true,
    options: groups.map((name) => ({ label: name, value: name })),
  }
  return {
    callbackId: 'team.follow',
    title: phrase('button.follow'),
    submit: phrase('button.save'),
    metadata,
    intro: [phrase('follow.about'), phrase('follow.warning')],
    fields: [
      {
        name: 'userGroup',
        label: phrase('field.userGroup'),
        ...(options.length > limits.options ? { search: true } : { options }),
      },
      ...(groups.length > 0 && groups.length <= limits.options ? [group] : []),
      { name: 'fresh', label: phrase('field.newGroup'), optional: groups.length > 0 },
    ],
  }
}
