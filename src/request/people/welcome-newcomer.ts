import type { Services } from '../../actions/services.ts'
import { exampleButton, firstLooks } from '../../commands/examples.ts'
import type { Language } from '../../domain/command-spec.ts'
import type { Request } from '../../domain/request.ts'
import { phrase } from '../../texts/phrase.ts'
import type { Planned } from '../make-plan.ts'
import { exampleSource, type Writer } from '../words/not-understood.ts'

/** Who has given fewer orders than this is new here. */
const newUntil = 5
const mostButtons = 4
/** Orders that answers offer anyway: no example of what NOX does. */
const plainOrders: ReadonlySet<string> = new Set(['help', 'whoami', 'usage'])

/** The first order of a newcomer that leads nowhere comes with one to click, and says where the help is. */
export async function welcomeNewcomer(
  services: Services,
  writer: Writer,
  request: Request,
  language: Language,
  planned: Planned,
): Promise<Planned> {
  const { plan } = planned
  if (plan.kind !== 'tell' || plan.result !== 'refused') return planned
  const { ledger } = services.storage
  const earlier = await ledger.list(request.tenantId, { userId: request.userId, limit: newUntil })
  if (earlier.length >= newUntil || earlier.some(({ state }) => state === 'refused' || state === 'failed'))
    return planned
  const { buttons = [], context = [] } = plan.answer
  const hasExample = buttons.some(
    ({ does, style }) => style === 'primary' || (does.kind === 'order' && !plainOrders.has(does.command)),
  )
  const [first] = hasExample ? [] : firstLooks(exampleSource(services, writer, language), 1)
  const example = first && !plainOrders.has(first.command.words.name) ? first : null
  const more = example ? [exampleButton(example, writer.snapshot.knowledge)] : []
  const answer = {
    ...plan.answer,
    buttons: [...more, ...buttons].slice(0, mostButtons),
    context: [...context, phrase('help.newcomer')],
  }
  return { ...planned, plan: { ...plan, answer } }
}
