import type { SandboxUser } from '../../client-api.ts'
import type { Api } from './api.ts'
import type { Model, Store } from './model.ts'
import { say, type Word } from './words.ts'

/** What components are given: the state, the way to change it, and the sandbox's API for who looks. */
export interface Ui {
  readonly model: Model
  readonly store: Store
  readonly api: Api
  t(word: Word, values?: Readonly<Record<string, string | number>>): string
  /** Runs a call of a person's hand; a failure is told at the foot of the page. */
  act(work: () => Promise<unknown>): Promise<void>
  open(channel: string, thread?: string | null): void
}

export function createUi(model: Model, store: Store, api: Api, open: Ui['open']): Ui {
  const t: Ui['t'] = (word, values) => say(model.lang, word, values)
  return {
    model,
    store,
    api,
    t,
    open,
    async act(work) {
      try {
        await work()
      } catch (error) {
        store.set({ toast: t('failed', { why: error instanceof Error ? error.message : String(error) }) })
        setTimeout(() => store.set({ toast: null }), 5_000)
      }
    },
  }
}

export const userOf = (model: Model, id: string): SandboxUser | undefined =>
  model.state?.users.find((each) => each.id === id)

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => part[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase()
