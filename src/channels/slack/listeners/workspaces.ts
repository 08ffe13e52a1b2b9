import type { App, BlockAction, Context, ViewSubmitAction } from '@slack/bolt'
import { readAddress } from '../../../domain/workspace-address.ts'
import { type Moved, newRow } from '../../../request/governance/index.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { joinForm } from '../views/workspaces.ts'
import { type AckForm, decodeMetadata, encodeMetadata, openModal, type Sender, senderOf } from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm, sayErrors } from './read-form.ts'
import { showAfter, waitingView } from './show-after.ts'
import { stateOf } from './tabs.ts'

/** Several workspaces in one tenant, in the Team tab: a code, a request with it, its decision, and leaving again. */
export function listenToWorkspaces(app: App, channel: SlackChannel): void {
  const { workspaces } = channel.governance
  const titles = {
    add: phrase('button.workspace.add'),
    join: phrase('button.workspace.join'),
    leave: phrase('button.workspace.leave'),
  }
  const senderFor = (context: Context, body: { readonly user: { readonly id: string } }) =>
    senderOf(channel, String(context.tenantId), body.user.id)

  /** Nothing of before may stand in memory when the next request comes. */
  function settle({ moved, follow }: Moved): void {
    for (const tenantId of moved) channel.installations.drop(tenantId)
    if (follow) afterwards(channel, 'what follows a workspace', follow)
  }

  /** The person in the tenant that their workspace belongs to now; `null` = in none. */
  async function whereNow({ tenantId, userId }: Sender, workspaceId: string | null) {
    if (await channel.installations.reach(tenantId, userId)) return { tenantId, userId }
    const now = workspaceId === null ? null : await channel.installations.find(workspaceId)
    return now && { tenantId: now.tenantId, userId: readAddress(userId).id }
  }

  async function redraw(sender: Sender, workspaceId: string | null): Promise<void> {
    const now = await whereNow(sender, workspaceId)
    if (now) await showHome(channel, now.tenantId, now.userId, { tab: 'team' })
  }

  app.action<BlockAction>('workspace.add', async ({ body, context, ack }) => {
    const sender = await senderFor(context, body)
    const issued = await workspaces.issue(sender.tenantId, sender.userId)
    const lines =
      'key' in issued
        ? [issued]
        : [
            phrase('workspace.code.about'),
            phrase('workspace.code', { code: { kind: 'code', text: issued.code } }),
            phrase('workspace.code.then'),
          ]
    await openModal(channel, sender, body, sender.modals.notice(titles.add, lines))
    await ack()
  })

  app.action<BlockAction>('workspace.join', async ({ body, context, ack }) => {
    const sender = await senderFor(context, body)
    const metadata = encodeMetadata({ ...newRow, home: stateOf(body) })
    await openModal(channel, sender, body, sender.modals.form(joinForm(metadata)))
    await ack()
  })

  app.view<ViewSubmitAction>('workspace.join', async ({ body, context, ack }) => {
    const { tenantId, userId, modals } = await senderFor(context, body)
    const code = String(readForm(body).code ?? '')
    const seen = await workspaces.preview(tenantId, userId, code)
    if ('say' in seen) {
      const language = await languageOf(channel, tenantId, userId)
      const errors = sayErrors({ code: seen.say }, language, body.view.blocks)
      return (ack as AckForm)({ response_action: 'errors', errors })
    }
    const metadata = encodeMetadata({ id: code, version: 0, home: { tab: 'team' } })
    const view = modals.question('workspace.ask', titles.join, seen.lines, phrase('button.workspace.ask'), metadata)
    await (ack as AckForm)({ response_action: 'update', view })
  })

  app.view<ViewSubmitAction>('workspace.ask', async ({ body, context, ack }) => {
    const { tenantId, userId, modals } = await senderFor(context, body)
    const code = decodeMetadata(body.view.private_metadata)?.id ?? ''
    const said = await workspaces.ask(tenantId, userId, code)
    await (ack as AckForm)({ response_action: 'update', view: modals.notice(titles.join, [said]) })
  })

  app.action<BlockAction>(/^workspace\.(accept|refuse)\./, async ({ body, action, context, ack }) => {
    const sender = await senderFor(context, body)
    const { tenantId, userId } = sender
    const [, verb = '', id = ''] = action.action_id.split('.')
    const done: Moved =
      verb === 'accept'
        ? await workspaces.accept(tenantId, userId, id)
        : { say: await workspaces.refuse(tenantId, userId, id), moved: [] }
    settle(done)
    await openModal(channel, sender, body, sender.modals.notice(titles.add, [done.say]))
    afterwards(channel, 'the Home tab', () => redraw(sender, null))
    await ack()
  })

  app.action<BlockAction>(/^workspace\.leave\./, async ({ body, action, context, ack }) => {
    const sender = await senderFor(context, body)
    const workspaceId = action.action_id.slice('workspace.leave.'.length)
    const { tenant } = (await channel.knowledge.snapshot(sender.tenantId)).knowledge
    const listed = (await workspaces.list(sender.tenantId)).workspaces.find((each) => each.workspaceId === workspaceId)
    const workspace = listed?.name ?? workspaceId
    const lines = [phrase('workspace.leave.title', { workspace, tenant: tenant.name }), phrase('workspace.leave.text')]
    const metadata = encodeMetadata({ id: workspaceId, version: 0, home: stateOf(body) })
    const view = sender.modals.question('workspace.leave', titles.leave, lines, titles.leave, metadata)
    await openModal(channel, sender, body, view)
    await ack()
  })

  app.view<ViewSubmitAction>('workspace.leave', async ({ body, context, ack }) => {
    const sender = await senderFor(context, body)
    const workspaceId = decodeMetadata(body.view.private_metadata)?.id ?? ''
    const noted = await workspaces.leave(sender.tenantId, sender.userId, workspaceId)
    const notice = (say: Phrase) => sender.modals.notice(titles.leave, [say])
    if ('key' in noted) return (ack as AckForm)({ response_action: 'update', view: notice(noted) })
    await (ack as AckForm)({ response_action: 'update', view: waitingView(body, notice(noted.say)) })
    afterwards(channel, 'a workspace that leaves', async () => {
      const done = await noted.finish()
      settle(done)
      const now = await whereNow(sender, workspaceId)
      if (now) await showAfter(channel, now, body, notice(done.say))
      await redraw(sender, workspaceId)
    })
  })
}
