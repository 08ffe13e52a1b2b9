import { describeAction } from '../actions/frames.ts'
import type { Services } from '../actions/services.ts'
import type { TenantSnapshot } from '../actions/tenant-knowledge.ts'
import { text } from '../commands/arguments.ts'
import { nextLine, wrappedOrder } from '../commands/schedule.ts'
import type { Answer } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { sayRecurrence } from '../domain/say-recurrence.ts'
import { phrase } from '../texts/phrase.ts'

/** ✋ a schedule in words, with its next times: what the person agrees to before it writes by itself. */
export async function readBack(
  services: Services,
  { knowledge }: TenantSnapshot,
  actionId: string,
  args: Arguments,
): Promise<Answer> {
  const { timeZone } = knowledge.tenant
  const order = wrappedOrder(args) ?? { command: 'unknown', args: {} }
  const cron = text(args, 'cron')
  const action = describeAction(services, knowledge, order)
  const press = (act: 'confirm' | 'cancel') => ({ kind: 'press', act, actionId }) as const
  return {
    kind: 'question',
    title: phrase('schedule.question', { action, when: sayRecurrence(cron), zone: timeZone }),
    lines: [await nextLine(cron, timeZone, services.now()), phrase('schedule.rights')],
    buttons: [
      { label: phrase('schedule.go'), does: press('confirm'), style: 'primary' },
      { label: phrase('button.cancel'), does: press('cancel') },
    ],
  }
}
