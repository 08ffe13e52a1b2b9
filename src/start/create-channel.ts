import { usageOf } from '../actions/context-parts.ts'
import { describeAction } from '../actions/frames.ts'
import { requestsFor } from '../actions/requests.ts'
import type { SlackChannel } from '../channels/slack/channel.ts'
import { lookPath } from '../channels/slack/install/index.ts'
import { createAdministration } from '../request/administration/index.ts'
import { createVendorAdministration } from '../request/administration/vendors.ts'
import { createBillingDesk } from '../request/billing/index.ts'
import { suggestPrompts } from '../request/words/suggest-prompts.ts'
import { alertHookPath } from '../web/alert-hooks.ts'
import { hookPath } from '../web/hooks.ts'
import { paymentReturnPath } from '../web/payments.ts'
import type { Core } from './create-core.ts'
import { lazyAlertAdministration } from './lazy-alerts.ts'
import { kubernetes } from './lazy-clusters.ts'
import type { NoxConfig } from './nox-config.ts'

/** What the listeners of Slack work with. */
export function createChannel(config: NoxConfig, { services, slack, road, governance }: Core): SlackChannel {
  const { storage, knowledge, log, now } = services
  const { api, installations, messenger, pictures, people, lookOf } = slack
  const { publicUrl } = config
  return {
    road,
    storage,
    knowledge,
    api,
    installations,
    messenger,
    pictures,
    people,
    administration: createAdministration(services, async (source) => (await kubernetes()).readKubeconfig(source)),
    vendors: createVendorAdministration(services, (...about) => `${publicUrl}${hookPath(...about)}`),
    alerts: lazyAlertAdministration(services, (...about) => `${publicUrl}${alertHookPath(...about)}`),
    governance,
    billing: createBillingDesk(services, governance.guard, {
      returnUrl: `${publicUrl}${paymentReturnPath}`,
      contact: config.contact ?? null,
    }),
    look: async () =>
      (await import('../request/billing/look.ts')).createLookDesk(services, governance.guard, people.everybody),
    lookOf,
    lookUrl: config.slack?.clientId ? `${publicUrl}${lookPath}` : null,
    toDecide: (tenantId, member, limit) => requestsFor(services, tenantId, member, limit),
    usageOf: async (tenantId, member) => {
      const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
      return (await usageOf(services, tenant, member)).day
    },
    suggestPrompts: (tenantId, userId, language) => suggestPrompts(services, tenantId, userId, language),
    describe: (snapshot, action) => describeAction(services, snapshot.knowledge, action),
    log,
    now,
  }
}
