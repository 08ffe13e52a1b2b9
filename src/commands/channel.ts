import type { ChannelDefault } from '../domain/channel-default.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { written } from './examples.ts'
import { channelClearWords } from './words/channel-clear.ts'
import { channelSetWords } from './words/channel-set.ts'
import { channelShowWords } from './words/channel-show.ts'

/** What a channel stands for, in words: `user-api` en staging. */
export function channelInWords({ service, environment, cluster }: ChannelDefault): Phrase {
  const place =
    service !== undefined && environment !== undefined
      ? phrase('channel.what.both', { service, env: environment })
      : service !== undefined
        ? phrase('channel.what.service', { service })
        : environment !== undefined
          ? phrase('channel.what.environment', { env: environment })
          : null
  if (cluster === undefined) return place ?? phrase('channel.what.nothing')
  return place ? phrase('channel.what.on', { place, cluster }) : phrase('channel.what.cluster', { cluster })
}

function defaultOf(args: Arguments): ChannelDefault {
  const about: { -readonly [name in keyof ChannelDefault]: string } = {}
  for (const name of ['service', 'environment', 'cluster'] as const) {
    const value = optionalText(args, name)
    if (value !== undefined) about[name] = value
  }
  return about
}

const done = (title: Phrase, rest: Partial<Outcome['answer']> = {}): Outcome => ({
  result: 'done',
  changed: false,
  answer: { kind: 'outcome', title, ...rest },
})

/** A direct message stands for nothing. */
const onlyInChannels = (run: Command['run']): Command['run'] => {
  return async (context, args) => {
    if (context.action.place.kind === 'channel') return run(context, args)
    const answer = { kind: 'notice', title: phrase('channel.notHere') } as const
    return { result: context.action.command === 'channel.show' ? 'done' : 'failed', changed: false, answer }
  }
}

const base = {
  theme: 'words',
  timeLimitMs: 30_000,
  subject: () => ({ environment: null, resources: [] }),
} as const

export const channelSet: Command = {
  ...base,
  words: channelSetWords,
  needs: () => 'configure',
  example({ services }) {
    const [service] = services
    const environment = service?.targets[0]?.environment
    return service && environment !== undefined ? { service: service.name, environment } : null
  },
  describe: (args) => phrase('action.channel.set', { what: channelInWords(defaultOf(args)) }),
  run: onlyInChannels(async (context, args) => {
    const about = defaultOf(args)
    await context.channel.set(about)
    const what = channelInWords(about)
    return {
      ...done(phrase('channel.set', { what }), { lines: [phrase('channel.set.means')] }),
      changed: true,
      details: { ...about },
    }
  }),
}

export const channelShow: Command = {
  ...base,
  words: channelShowWords,
  example: () => ({}),
  describe: () => phrase('action.channel.show'),
  run: onlyInChannels(async (context) => {
    const { about } = context.channel
    const title = about ? phrase('channel.show', { what: channelInWords(about) }) : phrase('channel.none')
    return done(title, how(context))
  }),
}

/** How it is changed, for those who may. */
function how(context: CommandContext): Partial<Outcome['answer']> {
  const args = channelSet.example(context.knowledge)
  const question = { command: 'channel.set', action: null, effect: 'write', environment: null, resources: [] } as const
  if (!args || context.may({ ...question, needs: 'configure' }).verdict === 'no') return {}
  return { next: phrase('channel.how', { example: written(context, context.say('channel.set', args)) }) }
}

export const channelClear: Command = {
  ...base,
  words: channelClearWords,
  needs: () => 'configure',
  example: () => ({}),
  describe: () => phrase('action.channel.clear'),
  run: onlyInChannels(async (context) => {
    const { about } = context.channel
    await context.channel.set(null)
    if (!about) return done(phrase('channel.none'))
    return { ...done(phrase('channel.cleared', { what: channelInWords(about) })), changed: true, details: { ...about } }
  }),
}
