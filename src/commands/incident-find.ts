import type { Arguments } from '../domain/command-spec.ts'
import { type Incident, type IncidentEvent, openIncidentStates } from '../domain/incident.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { CommandContext, Outcome } from './command.ts'

export const mostListed = 20

/** Something was changed. @param over what the answer has besides its title */
export const outcome = (title: Phrase, over: Partial<Outcome['answer']> = {}): Outcome => ({
  result: 'done',
  changed: true,
  answer: { kind: 'outcome', title, ...over },
})
/** Nothing was changed; the title says why. */
export const failed = (title: Phrase): Outcome => ({
  result: 'failed',
  changed: false,
  answer: { kind: 'outcome', title },
})

/** The digits of `#12`, `INC-12` or `12`; `undefined` = no number was said. */
export const numberOf = (args: Arguments): string | undefined => optionalText(args, 'id')?.replace(/^(?:#|INC-?)/i, '')

/** The incident as the order names it, before anyone looked for it: its number, or this one. */
export const named = (args: Arguments): Phrase => {
  const n = numberOf(args)
  return n === undefined ? phrase('incident.this') : phrase('incident.number', { n })
}

/** The incident that is meant: by its number, by this thread, or the only one; else what to say. */
export async function find(context: CommandContext, args: Arguments): Promise<Incident | Outcome> {
  const n = numberOf(args)
  if (n !== undefined) {
    const known = Number.isSafeInteger(Number(n)) ? await context.incidents.findByNumber(Number(n)) : null
    return known ?? failed(phrase('incident.unknown', { n }))
  }
  const open = await context.incidents.list({ states: openIncidentStates, limit: mostListed })
  const { conversationId, threadTs } = context.action.place
  const here = open.filter(
    ({ place, room }) =>
      room?.id === conversationId || (place.conversationId === conversationId && place.threadTs === threadTs),
  )
  const candidates = here.length > 0 ? here : open
  const [only] = candidates
  if (!only) return failed(phrase('incident.which.none'))
  if (candidates.length === 1) return only
  const items = candidates.slice(0, 5).map(({ number, title }) => `INC-${number} ${title}`)
  return failed(phrase('incident.which', { known: { kind: 'list', items } }))
}

/** Was none found? Then this is the answer. */
export const isOutcome = (found: Incident | Outcome): found is Outcome => 'answer' in found

/** What an action did, for the timeline; with the action's id, so that it stands there once. */
export const event = ({ action }: CommandContext, kind: IncidentEvent['kind'], words?: string): IncidentEvent => ({
  id: action.id,
  at: action.createdAt,
  by: action.userId,
  kind,
  ...(words === undefined ? {} : { text: words }),
})
