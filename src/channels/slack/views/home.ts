import type { Button } from '../../../domain/answer.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import { renderButton } from '../blocks/render-buttons.ts'
import type { Drawing, HomeReader } from './drawing.ts'
import { controls, opener } from './list.ts'
import { type SetupChoices, welcomeBlocks } from './setup.ts'

/** One step to the first deployment; `opens`: the control that leads to it. */
export interface Step {
  readonly what: Phrase
  readonly done: boolean
  readonly opens?: { readonly actionId: string; readonly label: 'button.open' | 'button.invite' }
}

/** What the Home tab shows, to whom. */
export interface HomeData {
  readonly name: string
  /** The lines of `whoami`. */
  readonly rights: readonly Phrase[]
  readonly toDecide: readonly {
    readonly actionId: string
    readonly line: Phrase
    readonly confirm: Phrase
    readonly n: number
  }[]
  readonly actions: readonly Phrase[]
  /** What repeats in this person's name, each with its buttons. */
  readonly schedules: readonly { readonly line: Phrase; readonly buttons: readonly Button[] }[]
  /** Steps of the first deployment, for admins, until all are done. */
  readonly steps: readonly Step[]
  /** Who may set the tenant up has its settings here; `first` where nobody has chosen yet. */
  readonly setup: { readonly tenant: SetupChoices; readonly first: boolean } | null
}

/** The first tab: what needs a decision, then one's own rights and actions. */
export function homeBlocks(data: HomeData, draw: Drawing, reader: HomeReader): SlackBlock[] {
  return [
    ...(data.setup?.first ? welcomeBlocks(data.setup.tenant, draw) : []),
    ...stepBlocks(data, draw),
    ...decisionBlocks(data, draw, reader),
    draw.header(phrase('home.hello', { name: data.name })),
    ...data.rights.map((line) => draw.section(line)),
    orderButtons(reader),
    ...(data.setup && !data.setup.first ? [controls([opener(draw, 'setup.open', 'setup.settings')])] : []),
    ...scheduleBlocks(data, draw, reader),
    draw.header(phrase('home.actions')),
    ...(data.actions.length === 0
      ? [draw.section(phrase('home.actions.none'))]
      : data.actions.map((line) => draw.section(line))),
  ]
}

function stepBlocks(data: HomeData, draw: Drawing): SlackBlock[] {
  const done = data.steps.filter((step) => step.done).length
  if (data.steps.length === 0 || done === data.steps.length) return []
  return [
    draw.header(phrase('home.start', { done, n: data.steps.length })),
    ...data.steps.map(({ what, done: isDone, opens }) =>
      draw.section(
        phrase(isDone ? 'home.start.done' : 'home.start.todo', { what }),
        !isDone && opens ? opener(draw, opens.actionId, opens.label) : undefined,
      ),
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

function scheduleBlocks({ schedules }: HomeData, draw: Drawing, reader: HomeReader): SlackBlock[] {
  if (schedules.length === 0) return []
  const blocks = schedules.flatMap(({ line, buttons }, index): SlackBlock[] => {
    const elements = buttons.map((button, at) =>
      renderButton(button, reader.language, 200 + index * 4 + at, reader.app),
    )
    return [draw.section(line), { type: 'actions', elements: elements.filter((button) => button !== null) }]
  })
  return [draw.header(phrase('home.schedules')), ...blocks]
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
