import { expect, it } from 'vitest'
import { newAction } from '../helpers/actions.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol } = people
const open = ['waiting', 'queued', 'running'] as const

eachSandbox('a workspace that uninstalls NOX', (sandbox) => {
  const { slack, storage, tenantId } = tenantIn(sandbox)
  const stateOf = async (id: string) => (await storage().ledger.find(await tenantId(), id))?.state
  const openOrders = async () => storage().ledger.list(await tenantId(), { states: open, limit: 50 })
  const uninstall = async () => {
    slack().uninstall(societeX)
    await expect.poll(() => storage().installations.find(societeX)).toBeNull()
  }
  /** An order that another process is at, or was before it died. */
  const held = async (eventId: string, leaseMs: number) => {
    const member = await storage().members.findBySlackId(await tenantId(), bob)
    const order = newAction({
      tenantId: await tenantId(),
      userId: bob,
      memberId: member?.id ?? '',
      eventId,
      place: { channel: 'slack', conversationId: 'C0DEVOPS', threadTs: '1.000200', kind: 'channel' },
      args: { service: 'user-api', tag: 'v2.4.0', environment: 'staging' },
      leaseMs,
    })
    await storage().ledger.accept(order)
    return order
  }
  const recordsOf = async (actionId: string) =>
    (await storage().audit.list(await tenantId(), { limit: 100 })).filter((record) => record.actionId === actionId)

  it('leaves no order open: each ends once, on record, and none begins when it comes back', async () => {
    const id = await tenantId()
    const zone = (await storage().zones.list(id)).find(({ name }) => name === 'production')
    if (!zone) throw new Error('no zone')
    const requirement = { kind: 'approval', group: 'seniors', approvers: 1 } as const
    await storage().zones.save({ ...zone, grants: [{ group: '*', requirement }] })
    sandbox().nox.services.knowledge.drop(id)
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production puis status user-api en staging')
    const asked = await sandbox().answer(ts, /Validation demandée/)
    const [waiting, queued] = (await storage().ledger.inThread(id, 'C0DEVOPS', ts, 5)).toSorted(
      (a, b) => a.number - b.number,
    )
    const notBegun = await held('not begun', 60_000)
    const underWay = await held('under way', 60_000)
    await storage().ledger.setStep(id, underWay.id, 1, 'step.patching')
    expect((await openOrders()).map(({ state }) => state).sort()).toEqual(['queued', 'running', 'running', 'waiting'])

    await uninstall()
    expect(await openOrders()).toEqual([])
    const ends = [
      [waiting?.id ?? '', 'cancelled'],
      [queued?.id ?? '', 'cancelled'],
      [notBegun.id, 'cancelled'],
      [underWay.id, 'unknown'],
    ] as const
    for (const [action, state] of ends) {
      expect(await stateOf(action)).toBe(state)
      const [last] = await recordsOf(action)
      expect(last).toMatchObject({ actor: 'nox', result: state, details: { rule: 'workspace.gone' } })
    }
    // Whoever was at one of them has lost it: its effect can't begin.
    expect(await storage().ledger.setStep(id, notBegun.id, 1, 'step.patching')).toBe(false)

    await slack().install(societeX, alice)
    await sandbox().nox.actions.recovery.look()
    await sandbox().press(carol, asked, 'Approuver')
    await slack().waitForMessage((message) => message.onlyFor === carol && /annulé/.test(contentOf(message)), 20_000)
    for (const [action, state] of ends) {
      expect(await stateOf(action)).toBe(state)
      expect((await recordsOf(action)).filter(({ details }) => details.rule === 'workspace.gone')).toHaveLength(1)
    }
  })

  it('ends an order that came in just then, instead of trying it again and again', async () => {
    await uninstall()
    const late = await held('late', 0)
    await sandbox().nox.actions.recovery.look()
    await expect.poll(() => stateOf(late.id)).toBe('cancelled')
    expect((await recordsOf(late.id)).map(({ details }) => details.rule)).toEqual(['workspace.gone'])
    await slack().install(societeX, alice)
  })
})
