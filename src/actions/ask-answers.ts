import type { Preview } from '../commands/command.ts'
import { commandName } from '../commands/done-to.ts'
import type { Action } from '../domain/action.ts'
import type { Answer, Button, Field } from '../domain/answer.ts'
import { againKey } from '../domain/once.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { overrideButton } from './refusal.ts'

const until = (action: Action): Phrase[] =>
  action.expiresAt === null
    ? []
    : [phrase('question.until', { until: { kind: 'time', at: action.expiresAt, as: 'date' } })]

/** Orders the same anew, where nobody gave the word that it needed; pressed twice, it is one order. */
export const againButton = ({ id, command, args }: Action): Button => ({
  label: phrase('button.again'),
  does: { kind: 'order', command, args, asks: true, once: againKey(id) },
})

/** The verb of an order on the button that starts it: `Déployer en production`. */
export function goLabel({ command, environment }: Pick<Action, 'command' | 'environment'>): Phrase {
  if (environment === null) return phrase('button.go.run')
  if (command === 'deploy') return phrase('button.go.deploy', { env: environment })
  return phrase('button.go', { verb: commandName(command), env: environment })
}

/** ✋ what would change, and the two ways out. */
export function confirmationAnswer(action: Action, described: Phrase, preview: Preview | null, note?: Phrase): Answer {
  const facts = preview && { before: preview.before, after: preview.after, cluster: preview.cluster, n: preview.pods }
  const press = (act: 'confirm' | 'cancel') => ({ kind: 'press', act, actionId: action.id }) as const
  return {
    kind: 'question',
    title: facts
      ? phrase('question.confirm.change', { action: described, ...facts })
      : phrase('question.confirm', { action: described }),
    ...(note ? { lines: [note] } : {}),
    buttons: [
      { label: goLabel(action), does: press('confirm'), style: 'primary' },
      { label: phrase('button.cancel'), does: press('cancel') },
    ],
    context: until(action),
  }
}

/** ✋ who asks for what, what would change, and whose word it needs. */
export function approvalAnswer(
  action: Action,
  described: Phrase,
  person: string,
  preview: (Pick<Preview, 'before' | 'after'> & { readonly cluster?: string }) | null,
  options: {
    readonly withdraw: boolean
    readonly override?: boolean
    readonly note?: Phrase
    /** Approvals that count. */
    readonly given: number
  },
): Answer {
  const { group = '', approversNeeded = 1, reason } = action.waiting ?? {}
  const title = reason
    ? phrase('approval.request.reason', { action: described, person, reason })
    : phrase('approval.request', { action: described, person })
  const fields: Field[] = []
  if (preview) {
    const change = { before: preview.before, after: preview.after }
    fields.push({ label: phrase('field.version'), value: phrase('value.change', change) })
    if (preview.cluster !== undefined) fields.push({ label: phrase('field.cluster'), value: preview.cluster })
  }
  fields.push({ label: phrase('field.rule'), value: phrase('approval.rule', { n: approversNeeded, group }) })
  if (action.expiresAt !== null) {
    fields.push({ label: phrase('field.expires'), value: { kind: 'time', at: action.expiresAt, as: 'date' } })
  }
  const { given } = options
  const lines = [
    ...(options.note ? [options.note] : []),
    ...(given > 0 ? [phrase('approval.partial', { given, needed: approversNeeded, group })] : []),
  ]
  return {
    kind: 'approval',
    title,
    lines,
    fields,
    buttons: [
      ...approvalButtons(action, described, person, options.withdraw),
      ...(options.override ? [overrideButton(action.id)] : []),
    ],
  }
}

function approvalButtons(action: Action, described: Phrase, person: string, withdraw: boolean): Button[] {
  const press = (act: 'approve' | 'withdraw') => ({ kind: 'press', act, actionId: action.id }) as const
  const buttons: Button[] = [
    {
      label: phrase('button.approve'),
      does: press('approve'),
      style: 'primary',
      confirm: {
        title: phrase('dialog.approve.title', { n: String(action.number) }),
        text: phrase('dialog.approve.text', { action: described, person }),
        verb: phrase('button.approve'),
      },
    },
    {
      label: phrase('button.deny'),
      does: { kind: 'open', surface: 'deny-reason', actionId: action.id },
      style: 'danger',
    },
  ]
  if (withdraw) buttons.push({ label: phrase('button.withdraw'), does: press('withdraw') })
  return buttons
}
