import type { HomeView } from '@slack/types'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import { renderButton } from '../blocks/render-buttons.ts'
import { createDrawing, type Drawing, type HomeReader } from './drawing.ts'
import { administrationBlocks, type Configured } from './home-administration.ts'

/** What the Home tab shows, to whom. */
export interface HomeData {
  readonly name: string
  /** The lines of `whoami`. */
  readonly rights: readonly Phrase[]
  /** `null` where this person may not configure; else what is connected. */
  readonly configured: Configured | null
  readonly toDecide: readonly {
    readonly actionId: string
    readonly line: Phrase
    readonly confirm: Phrase
    readonly n: number
  }[]
  readonly actions: readonly Phrase[]
  /** Steps of the first deployment, for admins, until all are done. */
  readonly steps: readonly { readonly what: Phrase; readonly done: boolean }[]
  readonly now: number
}

/** The Home tab: what needs a decision first, then one's own rights and actions, then what admins set up. */
export function buildHome(data: HomeData, reader: HomeReader): HomeView {
  const draw = createDrawing(reader)
  const divider: SlackBlock = { type: 'divider' }
  const blocks = [
    ...stepBlocks(data, draw),
    ...decisionBlocks(data, draw, reader),
    draw.header(phrase('home.hello', { name: data.name })),
    ...data.rights.map((line) => draw.section(line)),
    orderButtons(reader),
    draw.header(phrase('home.actions')),
    ...(data.actions.length === 0
      ? [draw.section(phrase('home.actions.none'))]
      : data.actions.map((line) => draw.section(line))),
    ...(data.configured ? [divider, ...administrationBlocks(data.configured, draw)] : []),
    draw.context(phrase('home.updated', { ago: { kind: 'time', at: data.now, as: 'ago' } })),
  ]
  return { type: 'home', callback_id: 'home', blocks: blocks.slice(0, limits.viewBlocks) as HomeView['blocks'] }
}

function stepBlocks(data: HomeData, draw: Drawing): SlackBlock[] {
  const done = data.steps.filter((step) => step.done).length
  if (data.steps.length === 0 || done === data.steps.length) return []
  return [
    draw.header(phrase('home.start', { done, n: data.steps.length })),
    ...data.steps.map(({ what, done: isDone }) =>
      draw.section(phrase(isDone ? 'home.start.done' : 'home.start.todo', { what })),
    ),
  ]
}

function decisionBlocks(data: HomeData, draw: Drawing, reader: HomeReader): SlackBlock[] {
  if (data.toDecide.length === 0) return []
  const blocks: SlackBlock[] = [draw.header(phrase('home.decide', { n: data.toDecide.length }))]
  data.toDecide.forEach(({ actionId, line, confirm, n }, index) => {
    const approve = renderButton(
      {
        label: phrase('button.approve'),
        does: { kind: 'press', act: 'approve', actionId },
        style: 'primary',
        confirm: {
          title: phrase('dialog.approve.title', { n: String(n) }),
          text: confirm,
          verb: phrase('button.approve'),
        },
      },
      reader.language,
      index * 2,
      reader.app,
      `#${n}`,
    )
    const deny = renderButton(
      { label: phrase('button.deny'), does: { kind: 'open', surface: 'deny-reason', actionId }, style: 'danger' },
      reader.language,
      index * 2 + 1,
      reader.app,
      `#${n}`,
    )
    blocks.push(draw.section(line))
    blocks.push({ type: 'actions', elements: [approve, deny].filter((button) => button !== null) })
  })
  return blocks
}

function orderButtons(reader: HomeReader): SlackBlock {
  const orders = [
    ['button.status', 'status'],
    ['button.rights', 'whoami'],
    ['button.usage', 'usage'],
    ['button.help', 'help'],
  ] as const
  const buttons = orders.map(([label, command], index) =>
    renderButton(
      { label: phrase(label), does: { kind: 'order', command, args: {} } },
      reader.language,
      100 + index,
      reader.app,
    ),
  )
  return { type: 'actions', elements: buttons.filter((button) => button !== null) }
}
