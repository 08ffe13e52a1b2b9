import type { App, BlockAction, Context, ViewSubmitAction } from '@slack/bolt'
import { readAddress } from '../../../domain/workspace-address.ts'
import { type Moved, newRow } from '../../../request/governance/index.ts'
import { phrase } from '../../../texts/phrase.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { joinForm } from '../views/workspaces.ts'
import { type AckForm, decodeMetadata, encodeMetadata, openModal, type Sender, senderOf } from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm, sayErrors } from './read-form.ts'
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
  function settle({ moved, tell }: Moved): void {
    for (const tenantId of moved) channel.installations.drop(tenantId)
    if (tell) afterwards(channel, 'news of a workspace', tell)
  }

  /** The person's Home, in the tenant that their workspace belongs to now. */
  async function redraw({ tenantId, userId }: Sender, workspaceId: string | null): Promise<void> {
    if (await channel.installations.reach(tenantId, userId)) {
      return showHome(channel, tenantId, userId, { tab: 'team' })
    }
    const now = workspaceId === null ? null : await channel.installations.find(workspaceId)
    if (now) await showHome(channel, now.tenantId, readAddress(userId).id, { tab: 'team' })
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
    const done = await workspaces.leave(sender.tenantId, sender.userId, workspaceId)
    settle(done)
    await (ack as AckForm)({ response_action: 'update', view: sender.modals.notice(titles.leave, [done.say]) })
    afterwards(channel, 'the Home tab', () => redraw(sender, workspaceId))
  })
}
