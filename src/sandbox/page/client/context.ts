import type { SandboxChannel, SandboxUser } from '../../client-api.ts'
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
  /** A sentence at the foot of the page, for a while. */
  tell(sentence: string): void
  /** Why a call failed, in words where there are some. */
  reason(error: unknown): string
  setTour(step: number | null): void
  /** Reads again what the person sees. */
  reload(): Promise<void>
}

export function createUi(model: Model, store: Store, api: Api, open: Ui['open'], reload: Ui['reload']): Ui {
  const t: Ui['t'] = (word, values) => say(model.lang, word, values)
  const tell = (sentence: string) => {
    store.set({ toast: sentence })
    setTimeout(() => store.model.toast === sentence && store.set({ toast: null }), 5_000)
  }
  const reason = (error: unknown) => t('failed', { why: reasonOf(error, t) })
  return {
    model,
    store,
    api,
    t,
    open,
    tell,
    reason,
    reload,
    setTour(step) {
      sessionStorage.setItem('nox-tour', String(step ?? -1))
      store.set({ tour: step })
    },
    async act(work) {
      try {
        await work()
      } catch (error) {
        tell(reason(error))
      }
    },
  }
}

/** Why a call failed, in words where there are some. */
function reasonOf(error: unknown, t: Ui['t']): string {
  const code = error instanceof Error ? error.message : String(error)
  return isReason(code) ? t(`why_${code}`) : code
}

const reasons = [
  'timeout',
  'dispatch_failed',
  'command_not_found',
  'app_not_installed',
  'not_allowed',
  'alert_refused',
] as const
const isReason = (code: string): code is (typeof reasons)[number] => reasons.some((each) => each === code)

/** Direct messages, of two or of several: their name is the others'. */
export const isDirect = ({ kind }: Pick<SandboxChannel, 'kind'>): boolean => kind === 'im' || kind === 'mpim'

/** The icon of a conversation that is not of two. */
export const markOf = ({ kind }: Pick<SandboxChannel, 'kind'>) =>
  kind === 'mpim' ? 'users' : kind === 'private' ? 'lock' : 'hash'

/** Which tab of the app's own place is open that the app is told of, if any. */
export function appTab({ state, channel, homeTab }: Model): 'home' | 'messages' | null {
  const isApp = state !== null && state.channels.find((each) => each.id === channel)?.user === state.app.botUserId
  return isApp && homeTab !== 'about' ? homeTab : null
}

export const userOf = (model: Model, id: string): SandboxUser | undefined =>
  model.state?.users.find((each) => each.id === id)

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => /[\p{L}\p{N}]/u.exec(part)?.[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase()
