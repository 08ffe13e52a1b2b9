import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import { type BillingWish, integrationName, type Offer } from '../../../request/billing/index.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { includedIn, linkBlock, sayMoney } from '../views/billing.ts'
import { type AckForm, openModal, type Sender, senderOf } from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm, sayErrors } from './read-form.ts'
import { showAfter, updateView, waitingView } from './show-after.ts'

const titleOf = {
  buy: 'button.plan',
  change: 'button.plan',
  card: 'button.card',
  overview: 'button.portal',
  cancel: 'button.cancelPlan',
  choose: 'button.choose',
} as const

/** The Billing tab: plans to compare, links to the provider's pages, and who stays active. */
export function listenToBilling(app: App, channel: SlackChannel): void {
  app.action<BlockAction>(/^billing\./, async ({ body, action, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const what = action.action_id.slice('billing.'.length)
    if (what === 'change') await openModal(channel, sender, body, await planForm(channel, sender))
    else if (what === 'choose') await openModal(channel, sender, body, await choiceForm(channel, sender))
    else if (what === 'card' || what === 'overview' || what === 'cancel') {
      const title = phrase(titleOf[what])
      const viewId = await openModal(channel, sender, body, sender.modals.notice(title, [phrase('billing.asking')]))
      afterwards(channel, 'a link to Stripe', async () => {
        const view = await linkView(channel, sender, { kind: what }, [])
        await updateView(channel, sender, { view_id: viewId }, view)
      })
    }
    await ack()
  })
  app.view<ViewSubmitAction>('billing.plan', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const { plan } = readForm(body)
    const title = phrase('button.plan')
    const waiting = waitingView(body, sender.modals.notice(title, [phrase('billing.asking')]))
    await (ack as AckForm)({ response_action: 'update', view: waiting })
    const wish = { kind: 'buy', plan: String(plan ?? '') } as const
    afterwards(channel, 'a link to Stripe', async () => {
      const offers = await channel.billing.offers(sender.tenantId, sender.userId)
      const offer = 'key' in offers ? undefined : offers.find((each) => each.plan.id === wish.plan)
      const view = await linkView(channel, sender, wish, offer ? changesOf(offer) : [])
      await showAfter(channel, sender, body, view)
    })
  })
  app.view<ViewSubmitAction>('billing.choose', async ({ body, context, ack }) => {
    const { tenantId, userId } = await senderOf(channel, String(context.tenantId), body.user.id)
    const errors = await channel.billing.choose(tenantId, userId, readForm(body))
    if (errors) {
      const language = await languageOf(channel, tenantId, userId)
      return (ack as AckForm)({ response_action: 'errors', errors: sayErrors(errors, language) })
    }
    await ack()
    afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, userId, { tab: 'billing' }))
  })
}

/** Asks the provider for a link; gives what the modal that waits for it shows. */
async function linkView(
  channel: SlackChannel,
  { tenantId, userId, modals }: Sender,
  wish: BillingWish,
  words: readonly Phrase[],
): Promise<ModalView> {
  const language = await languageOf(channel, tenantId, userId)
  const found = await channel.billing.link(tenantId, userId, language, wish)
  const title = phrase(titleOf[wish.kind])
  if ('key' in found) return modals.notice(title, [...words, found])
  return withLink(modals.notice(title, [...words, phrase('billing.link')]), found.url, language)
}

const withLink = (view: ModalView, url: string, language: 'fr' | 'en'): ModalView => ({
  ...view,
  blocks: [...view.blocks, linkBlock(url, language)] as ModalView['blocks'],
})

/** All plans in words, and a menu to choose one. */
async function planForm(channel: SlackChannel, { tenantId, userId, modals }: Sender): Promise<ModalView> {
  const offers = await channel.billing.offers(tenantId, userId)
  const title = phrase('button.plan')
  if ('key' in offers) return modals.notice(title, [offers])
  const language = await languageOf(channel, tenantId, userId)
  const choices = offers.filter(({ isCurrent, plan }) => !isCurrent && plan.id !== 'none')
  return modals.form({
    callbackId: 'billing.plan',
    title,
    submit: phrase('button.goOn'),
    metadata: '',
    intro: offers.map((offer) => offerLine(offer, language)),
    fields: [
      {
        name: 'plan',
        label: phrase('billing.choosePlan'),
        options: choices.map(({ plan }) => ({ label: plan.name, value: plan.id })),
        ...(choices[0] && choices.length === 1 ? { value: choices[0].plan.id } : {}),
      },
    ],
  })
}

function offerLine({ plan, isCurrent, over }: Offer, language: 'fr' | 'en'): Phrase {
  const orOpen = (n: number | null) => n ?? phrase('billing.unlimited')
  const { price } = plan
  const cost =
    price === null
      ? phrase('billing.cost.quote')
      : price.minor === 0
        ? phrase('billing.cost.free')
        : phrase('billing.cost', { price: sayMoney(price, language) })
  const { among, most } = plan.integrations
  const offer = phrase(isCurrent ? 'billing.offer.current' : 'billing.offer', {
    plan: plan.name,
    cost,
    people: orOpen(plan.people),
    integrations: among ? { kind: 'list', items: among.map(integrationName) } : orOpen(most),
    actions: orOpen(plan.actionsPerMonth),
    includes: includedIn(plan),
  })
  const losses = isCurrent
    ? []
    : [
        ...(over.people > 0 ? [phrase('billing.offer.people', { n: over.people })] : []),
        ...(over.integrations > 0 ? [phrase('billing.offer.integrations', { n: over.integrations })] : []),
      ]
  return losses.length === 0 ? offer : phrase('billing.offer.over', { offer, over: { kind: 'list', items: losses } })
}

/** What a plan would change for this tenant, in words. */
function changesOf({ plan, over }: Offer): readonly Phrase[] {
  const lines = [
    ...(over.people > 0 ? [phrase('billing.over.people', { n: over.people })] : []),
    ...(over.integrations > 0 ? [phrase('billing.over.integrations', { n: over.integrations })] : []),
  ]
  const kept = phrase('billing.over.kept')
  return [phrase('billing.chosen', { plan: plan.name }), ...(lines.length > 0 ? [...lines, kept] : [])]
}

/** Who and what stays active; it begins with those who ordered last. */
async function choiceForm(channel: SlackChannel, { tenantId, userId, modals }: Sender): Promise<ModalView> {
  const choice = await channel.billing.choice(tenantId, userId)
  const title = phrase('button.choose')
  if ('key' in choice) return modals.notice(title, [choice])
  const { plan, wanted, kept } = choice
  const language = await languageOf(channel, tenantId, userId)
  const options = wanted.integrations.map((each) => ({ label: integrationName(each), value: each }))
  const most = plan.people ?? plainPhrase(phrase('billing.unlimited'), language)
  return modals.form({
    callbackId: 'billing.choose',
    title,
    submit: phrase('button.save'),
    metadata: '',
    intro: [phrase('billing.choose.intro', { plan: plan.name, most })],
    fields: [
      {
        name: 'people',
        label: phrase('billing.choose.people'),
        kind: 'people',
        values: kept.members
          .filter(({ role }) => plan.guestsCount || role !== 'guest')
          .map(({ slackUserId }) => slackUserId),
      },
      ...(options.length > 0
        ? [
            {
              name: 'integrations',
              label: phrase('billing.choose.integrations'),
              options,
              several: true,
              optional: true,
              values: kept.integrations,
            },
          ]
        : []),
    ],
  })
}
