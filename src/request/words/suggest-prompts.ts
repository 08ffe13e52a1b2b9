import type { Services } from '../../actions/services.ts'
import { exampleOf } from '../../commands/examples.ts'
import type { Language } from '../../domain/command-spec.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { findWriter } from '../people/find-member.ts'
import { exampleSource } from './not-understood.ts'

/** An order to begin a direct message with: what it does, and the words that give it. */
export interface Prompt {
  readonly title: Phrase
  readonly message: string
}

/** Slack shows this many. */
const mostPrompts = 4
/** Only looks: a prompt is sent as soon as it is pressed. */
const offered = ['status', 'logs', 'can', 'whoami', 'usage']

/** What this person may ask first, with names of their tenant, in their language. */
export async function suggestPrompts(
  services: Services,
  tenantId: string,
  userId: string,
  language: Language,
): Promise<readonly Prompt[]> {
  const snapshot = await services.knowledge.snapshot(tenantId)
  const { knowledge } = snapshot
  const help = { title: phrase('prompt.help'), message: services.say('help', {}, language) }
  const member = await findWriter(services, knowledge.tenant, userId)
  if (!member) return [help]
  const source = exampleSource(services, { member, snapshot }, language)
  const looks = offered
    .map((name) => services.findCommand(name))
    .filter((command) => command !== undefined)
    .map((command) => exampleOf(source, command))
    .filter((example) => example !== null)
    .slice(0, mostPrompts - 1)
    .map(({ command, args, said }): Prompt => {
      return { title: phrase('prompt.plain', { action: command.describe(args, knowledge) }), message: said }
    })
  return [...looks, help]
}
