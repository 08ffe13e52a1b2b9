import type { App, BlockAction } from '@slack/bolt'
import { phrase } from '../../../texts/phrase.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { searchOf } from '../home-tabs/audit.ts'
import { recordLines } from '../views/audit.ts'
import { openModal, type Sender, senderOf } from './governance-form.ts'
import { updateView } from './show-after.ts'
import { stateOf } from './tabs.ts'

/** A record's detail, the export and the verification of the chain. */
export function listenToAudit(app: App, channel: SlackChannel): void {
  const { audit } = channel.governance

  app.action<BlockAction>(/^audit\.record\.\d+$/, async ({ body, action, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const seq = Number(action.action_id.slice('audit.record.'.length))
    const found = await audit.detail(sender.tenantId, sender.userId, seq)
    const title = phrase('audit.detail.title', { n: seq })
    const lines =
      'key' in found
        ? [found]
        : recordLines(
            {
              record: found.record,
              person: await channel.people.nameOf(sender.tenantId, found.record.actor),
              ...audit.say(found.record),
            },
            found.fits,
          )
    await openModal(channel, sender, body, sender.modals.notice(title, lines))
    await ack()
  })

  app.action<BlockAction>(/^audit\.export\.(csv|jsonl)$/, async ({ body, action, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const format = action.action_id.endsWith('csv') ? 'csv' : 'jsonl'
    const label = phrase(`button.export.${format}`)
    await openModal(channel, sender, body, sender.modals.notice(label, [phrase('audit.exporting')]))
    await ack()
    const search = searchOf(stateOf(body))
    afterwards(channel, 'an export', () => sendExport(channel, sender, search, format, body.trigger_id))
  })

  app.action<BlockAction>('audit.verify', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const title = phrase('button.verify')
    const viewId = await openModal(channel, sender, body, sender.modals.notice(title, [phrase('audit.verifying')]))
    await ack()
    afterwards(channel, 'a verification', async () => {
      const report = await audit.verify(sender.tenantId, sender.userId)
      const said =
        'key' in report
          ? report
          : report.ok
            ? phrase(report.archived ? 'audit.intact.archived' : 'audit.intact', {
                n: report.count,
                k: report.archived ?? 0,
              })
            : phrase('audit.brokenAt', { k: report.brokenAt ?? 0 })
      await updateView(channel, sender, { view_id: viewId }, sender.modals.notice(title, [said]))
    })
  })
}

/** Puts the file into the person's own messages with NOX. */
async function sendExport(
  channel: SlackChannel,
  { tenantId, userId }: Sender,
  search: ReturnType<typeof searchOf>,
  format: 'csv' | 'jsonl',
  key: string,
): Promise<void> {
  const [language, conversationId] = await Promise.all([
    languageOf(channel, tenantId, userId),
    channel.messenger.conversationWith(tenantId, userId),
  ])
  const file = await channel.governance.audit.export(tenantId, userId, search, format, language)
  const place = { channel: 'slack', conversationId, threadTs: null, kind: 'direct' } as const
  const frame = { tenantId, place, language }
  if ('key' in file) {
    await channel.messenger.post(frame, { kind: 'notice', title: file }, `export ${key}`)
    return
  }
  const { isCut, archived, ...content } = file
  const n = format === 'csv' ? file.lines - 1 : file.lines
  const title = phrase('audit.exported', { n })
  const rest = isCut
    ? [phrase('audit.exported.cut')]
    : archived > 0
      ? [phrase('audit.archived', { k: archived + 1 })]
      : []
  const lines = n > 0 ? [phrase('audit.exported.where'), ...rest] : rest
  const attached = n > 0 ? { file: content } : {}
  await channel.messenger.post(frame, { kind: 'notice', title, lines, ...attached }, `export ${key}`)
}
