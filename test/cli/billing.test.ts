import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { grantPlan } from '../../src/request/billing/grant-plan.ts'
import { syncSubscription } from '../../src/request/billing/sync-subscription.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'
import { runCli } from '../helpers/run-cli.ts'
import { startStripe, stripeKeys, submit } from '../helpers/stripe.ts'

it('prepares Stripe, and takes over what happened while NOX was away', async () => {
  const stripe = await startStripe(Date.now, false)
  const folder = mkdtempSync(join(tmpdir(), 'nox-billing-'))
  const path = join(folder, 'nox.db')
  const withStorage = async <T>(work: (storage: Awaited<ReturnType<typeof openStorage>>) => Promise<T>) => {
    const storage = await openStorage({ path }, createVault([testKey]))
    return work(storage).finally(() => storage.close())
  }
  const keys = { STRIPE_SECRET_KEY: stripeKeys.secretKey, STRIPE_API_URL: stripe.apiUrl }
  const env = { ...keys, STRIPE_WEBHOOK_SECRET: stripeKeys.webhookSecret, NOX_MASTER_KEY: testKey, DATABASE_PATH: path }
  try {
    const setup = await runCli(['billing', 'setup'], { ...keys, PUBLIC_URL: 'https://nox.example' })
    expect(setup).toMatchObject({ code: 0, stderr: '' })
    const [, secret] = /^STRIPE_WEBHOOK_SECRET=(whsec_\w+)$/m.exec(setup.stdout) ?? []
    expect([...stripe.double.world.endpoints.values()]).toMatchObject([
      { url: 'https://nox.example/webhooks/stripe', secret },
    ])

    stripe.double.deliverer.hold()
    const { payments } = stripe
    const customerId = await payments.createCustomer({ tenantId: 'T1', name: 'Société X', language: 'fr' })
    await withStorage(async (storage) => {
      await createTenant(storage)
      await storage.billing.save('T1', { customerId, subscription: null, version: 0 }, {})
    })
    const buy = async (customer: string, tenantId: string) => {
      const about = { plan: 'professional', language: 'fr', returnUrl: 'https://nox.example/' } as const
      await submit(await payments.checkoutLink({ customerId: customer, tenantId, ...about }), {
        action: 'pay',
        card: '4242',
      })
    }
    await buy(customerId, 'T1')
    await buy(await payments.createCustomer({ tenantId: 'T9', name: 'Ailleurs', language: 'fr' }), 'T9')
    const replay = () => runCli(['billing', 'replay', '3'], env)
    expect((await replay()).stdout).toBe('3 events taken, 0 known already, 3 of other customers.\n')
    const has = await withStorage((storage) => storage.tenants.find('T1'))
    expect(has).toMatchObject({ plan: 'professional', planUntil: null })
    expect((await replay()).stdout).toBe('0 events taken, 3 known already, 3 of other customers.\n')

    // What Stripe knows nothing of: a plan on quote, and a longer trial. Late news of an old subscription leave it alone.
    const workspace = (workspaceId: string, tenantId: string) =>
      ({ workspaceId, tenantId, isOrgWide: false, appId: 'A', botToken: 'x', botUserId: 'U', botId: 'B' }) as const
    await withStorage(async (storage) => {
      await createTenant(storage, 'T2')
      for (const each of [workspace('W1', 'T1'), workspace('W2', 'T2')]) {
        await storage.installations.save({ ...each, scopes: [], installerUserId: 'U1', installedAt: 0 })
      }
    })
    const granted = await runCli(['billing', 'grant', 'W2', 'trial', '30'], env)
    expect(granted.stdout).toMatch(/^Société X \(W2\) has trial until \d{4}-\d\d-\d\d\.\n$/)
    await withStorage(async (storage) => {
      const grant = (workspaceId: string, plan: string) => grantPlan(storage, workspaceId, { plan }, Date.now())
      await expect(grant('W1', 'enterprise')).rejects.toThrow(/cancel it there/)
      await expect(grant('W2', 'solo')).rejects.toThrow(/company.*: starter, professional, enterprise/)
      await expect(grant('W9', 'enterprise')).rejects.toThrow(/no workspace that installed NOX/)
      await grant('W2', 'enterprise')
    })
    await withStorage(async (storage) => {
      expect(await storage.tenants.find('T2')).toMatchObject({ plan: 'enterprise', planUntil: null })
      const records = await storage.audit.list('T2', { command: 'billing.grant', limit: 5 })
      expect(records.map(({ actor, details }) => [actor, details.from, details.to])).toEqual([
        ['operator', 'trial', 'enterprise'],
        ['operator', 'starter', 'trial'],
      ])
      const gone = await payments.createCustomer({ tenantId: 'T2', name: 'Société X', language: 'fr' })
      await storage.billing.save('T2', { customerId: gone, subscription: null, version: 0 }, {})
      await buy(gone, 'T2')
      for (const each of stripe.double.world.subscriptions.values()) stripe.double.lifecycle.cancel(each, false)
      await syncSubscription(storage, payments, 'T2', Date.now)
      await syncSubscription(storage, payments, 'T2', Date.now, { id: 'evt_late', type: 'invoice.paid', createdAt: 1 })
      expect(await storage.tenants.find('T2')).toMatchObject({ plan: 'enterprise', planUntil: null })
    })

    const wrong = await runCli(['billing', 'setup'], {
      ...keys,
      STRIPE_SECRET_KEY: 'sk_test_other',
      PUBLIC_URL: 'https://x.example',
    })
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('StripeAuthenticationError')])
    expect(JSON.stringify(wrong)).not.toContain('sk_test_other')
  } finally {
    await stripe.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
