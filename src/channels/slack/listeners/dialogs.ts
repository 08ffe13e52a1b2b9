import type { App, BlockAction } from '@slack/bolt'
import type { PressAct } from '../../../domain/request.ts'
import { decodeEffect } from '../blocks/button-value.ts'
import type { SlackChannel } from '../channel.ts'
import { buildDialog, decodeDialog, dialogInput } from '../views/dialog.ts'
import { openClusterForm } from './administration.ts'
import { languageOfAction, placeOf, showDecided } from './presses.ts'
import { openVendorForm } from './vendors.ts'

const acts = {
  'deny-reason': 'deny',
  'write-argument': 'choose',
  'override-reason': 'override',
} as const satisfies Record<string, PressAct>

/** Dialogs for one line of text: the reason of a denial, a value that no menu offers. */
export function listenToDialogs(app: App, channel: SlackChannel): void {
  app.action<BlockAction>(/^open\./, async ({ body, action, context, ack }) => {
    const effect = action.type === 'button' ? decodeEffect(action.value ?? '') : null
    const tenantId = String(context.tenantId)
    if (effect?.kind === 'open' && 'actionId' in effect && effect.surface in acts && effect.actionId !== undefined) {
      const reached = await channel.installations.reach(tenantId, body.user.id)
      const language = languageOfAction(action.action_id)
      const view = buildDialog({
        surface: effect.surface as keyof typeof acts,
        actionId: effect.actionId,
        place: await placeOf(channel, tenantId, body),
        language,
      })
      await channel.api.call(reached?.installation.botToken ?? null, 'views.open', {
        trigger_id: body.trigger_id,
        view,
      })
    }
    if (effect?.kind === 'open' && effect.surface === 'connect-vendor') {
      await openVendorForm(channel, tenantId, body.user.id, body.trigger_id, effect.vendor)
    } else if (effect?.kind === 'open' && effect.surface === 'correct-vendor') {
      await openVendorForm(channel, tenantId, body.user.id, body.trigger_id, effect.draft.vendor, effect.draft)
    } else if (effect?.kind === 'open' && effect.surface === 'connect-cluster') {
      await openClusterForm(channel, tenantId, body.user.id, body.trigger_id)
    } else if (effect?.kind === 'open' && effect.surface === 'correct-cluster') {
      await openClusterForm(channel, tenantId, body.user.id, body.trigger_id, effect.draft)
    }
    await ack()
  })
  app.view('dialog', async ({ body, view, context, ack }) => {
    const about = decodeDialog(view.private_metadata)
    const value = view.state.values[dialogInput]?.[dialogInput]?.value?.trim() ?? ''
    if (about) {
      await channel.road.handle({
        tenantId: String(context.tenantId),
        userId: body.user.id,
        eventId: `dialog ${view.id}`,
        place: about.place,
        receivedAt: channel.now(),
        input: {
          kind: 'press',
          press: { act: acts[about.surface], actionId: about.actionId, ...(value === '' ? {} : { value }) },
          language: about.language,
        },
      })
      showDecided(channel, String(context.tenantId), body.user.id, about.place)
    }
    await ack()
  })
}
