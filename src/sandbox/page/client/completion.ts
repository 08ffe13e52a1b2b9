import { isDirect } from './context.ts'
import { emojiNames } from './emoji-names.ts'
import type { Model } from './model.ts'
import type { Word } from './words.ts'

export interface Offer {
  /** What takes the word's place. */
  readonly insert: string
  readonly name: string
  readonly detail: string | Word
  readonly mark: 'person' | 'channel' | 'command' | 'emoji' | 'group'
  readonly id?: string
}

/** The most that is offered at once. */
const most = 7
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The word before the caret that asks for a completion: `@al`, `#dev`, `/no`, `:ta`. */
export function askedWord(before: string): string | undefined {
  return /(?:^|\s)([@#/][\p{L}\d._-]*|:[a-z\d_+-]{2,})$/u.exec(before)?.[1]
}

/** What the word before the caret may mean. */
export function offersFor(before: string, model: Model): readonly Offer[] {
  const word = askedWord(before)
  const { state } = model
  if (word === undefined || !state) return []
  const wanted = plain(word.slice(1))
  const starts = (...names: string[]) =>
    names.some((name) =>
      plain(name)
        .split(/[\s-]/)
        .concat(plain(name))
        .some((part) => part.startsWith(wanted)),
    )
  if (word.startsWith('/')) {
    if (before.trimStart() !== word) return []
    return [
      { insert: '/nox ', name: '/nox', detail: 'noxHint', mark: 'command' as const },
      { insert: '/invite @NOX', name: '/invite', detail: 'inviteHint', mark: 'command' as const },
    ].filter(({ name }) => name.startsWith(word))
  }
  if (word.startsWith('#')) {
    return state.channels
      .filter(({ kind, name }) => !isDirect({ kind }) && starts(name))
      .slice(0, most)
      .map(({ id, name, topic }) => ({ insert: `#${name} `, name, detail: topic, mark: 'channel' as const, id }))
  }
  if (word.startsWith(':')) {
    return Object.entries(emojiNames)
      .filter(([name]) => name.startsWith(wanted))
      .slice(0, most)
      .map(([name, char]) => ({ insert: `${char} `, name: `:${name}:`, detail: '', mark: 'emoji' as const, id: char }))
  }
  const channel = state.channels.find(({ id }) => id === model.channel)
  const isOwnBot = ({ id }: { id: string }) => id === state.app.botUserId
  const people = state.users
    .filter((user) => user.team === model.team || isOwnBot(user) || channel?.members.includes(user.id))
    .filter((user) => starts(user.is_bot ? 'NOX' : user.name, user.real_name))
    .sort((one, other) => Number(other.is_bot) - Number(one.is_bot))
    .map((user) => ({
      insert: `@${user.team !== model.team && !isOwnBot(user) ? user.real_name : user.is_bot ? 'NOX' : user.name} `,
      name: user.real_name,
      detail: user.is_bot ? ('app' as Word) : `@${user.name}`,
      mark: 'person' as const,
      id: user.id,
    }))
  const groups = (
    [
      ['here', 'hereHint'],
      ['channel', 'channelHint'],
    ] as const
  )
    .filter(([name]) => starts(name))
    .map(([name, detail]) => ({ insert: `@${name} `, name: `@${name}`, detail, mark: 'group' as const }))
  return [...people, ...groups].slice(0, most)
}
