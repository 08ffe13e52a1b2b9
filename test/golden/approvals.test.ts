import { describe, it } from 'vitest'
import { expectGolden, openStage } from '../helpers/golden.ts'
import { people } from '../helpers/sandbox.ts'

const { alice, bob, carol, dora } = people
const hour = 3_600_000

describe.each(['fr', 'en'] as const)('approvals in %s', (language) => {
  const said = (fr: string, en: string) => (language === 'fr' ? fr : en)
  const deploy = (service: string) =>
    said(`@NOX déploie ${service} v2.4.0 en production`, `@NOX deploy ${service} v2.4.0 to production`)
  const askLabel = said('Demander une validation', 'Ask for approval')
  const approve = said('Approuver', 'Approve')
  const deny = said('Refuser', 'Deny')
  const withdraw = said('Retirer la demande', 'Withdraw')
  const refused = /⛔ \*/
  const waits = /✋ \*(Validation|Approval)/

  it('asks, rings, and tells what was decided', async () => {
    const stage = await openStage(50, language)
    const { ask, press, pressQuietly, keep, keepDirect, scenes, sandbox } = stage
    const request = async (service: string) => {
      const { message } = await ask(bob, deploy(service), refused)
      return press(bob, message, askLabel, waits)
    }
    const first = await request('user-api')
    const thread = first.threadTs ?? ''
    await keep('whom the request rings', thread, /<@U0CAROL>|<@U0ALICE>/)
    await keepDirect('to Carol', carol, waits)
    await pressQuietly(bob, first, approve, /./)
    await pressQuietly(dora, first, approve, /./)
    await press(carol, first, approve, /(Approuvé par|Approved by)/)
    await keep('and then', thread, /✅ \*(Déployé|Deployed)/)
    await keepDirect('to Carol, afterwards', carol, /Approuvé par|Approved by/)

    const second = await request('billing')
    await sandbox.press(carol, second, deny)
    const view = await sandbox.slack.waitForView(carol)
    await sandbox.slack.submitView('T0SOCIETEX', carol, view.id, {
      text: { text: { type: 'plain_text_input', value: said('gel ce soir', 'freeze tonight') } },
    })
    await keep('carol: denied with a reason', second.threadTs ?? '', /(Refusé par|Denied by).*Carol/)

    const third = await request('web')
    await press(bob, third, withdraw, /Retiré|Withdrawn/)

    const fourth = await request('checkout')
    const number = (await sandbox.nox.storage.ledger.list(stage.tenantId, { states: ['waiting'], limit: 1 }))[0]?.number
    await ask(carol, said(`@NOX refuse ${number}`, `@NOX deny ${number}`), /⛔/, { title: 'carol: deny by its number' })
    await keep('and the request', fourth.threadTs ?? '', /(Refusé par|Denied by)/)
    await ask(carol, said('@NOX approuve 1', '@NOX approve 1'), /./)
    await ask(carol, said('@NOX approuve 4711', '@NOX approve 4711'), /./)
    await ask(carol, said('@NOX annule 1', '@NOX cancel 1'), /./)
    await ask(carol, said('@NOX annule', '@NOX cancel'), /./)

    const stale = await request('billing')
    await ask(
      alice,
      said('@NOX déploie billing v2.2.4 en production', '@NOX deploy billing v2.2.4 to production'),
      /✅ \*/,
    )
    await press(carol, stale, approve, /✋.*(a changé depuis|has changed since)/)
    await press(carol, stale, approve, /✅ \*(Déployé|Deployed).*v2\.4\.0/)

    const fifth = await request('search')
    const { services, actions } = sandbox.nox
    const now = services.now
    Object.assign(services, { now: () => now() + 9 * hour })
    await actions.recovery.look()
    Object.assign(services, { now })
    await keep('nobody answers', fifth.threadTs ?? '', /Expiré|Expired/)
    await sandbox.stop()
    await expectGolden(`approvals.${language}`, scenes)
  }, 180_000)

  it('asks several, once more where something else runs by now, and confirms', async () => {
    const stage = await openStage(50, language)
    const { ask, press, pressQuietly, change, keep, scenes, sandbox } = stage
    await change(async (storage, tenantId) => {
      const [production] = (await storage.zones.list(tenantId)).filter((zone) => zone.name === 'production')
      if (!production) throw new Error('no zone')
      const grants = [
        { group: 'developers', requirement: { kind: 'approval', approvers: 2, group: 'seniors' } },
        { group: 'seniors', requirement: { kind: 'confirmation' } },
      ] as const
      await storage.zones.save({ ...production, grants })
    })
    const asked = await ask(bob, deploy('user-api'), waits)
    await press(carol, asked.message, approve, /1 (validation sur|of) 2/)
    await pressQuietly(carol, asked.message, approve, /./).catch(() => undefined)
    await press(alice, asked.message, approve, /(Approuvé par|Approved by)/)
    await keep('and then', asked.ts, /✅ \*(Déployé|Deployed)/)

    const confirmed = await ask(carol, deploy('billing'), /✋ \*/)
    await pressQuietly(bob, confirmed.message, said('Déployer en production', 'Deploy to production'), /./)
    await press(carol, confirmed.message, said('Déployer en production', 'Deploy to production'), /✅ \*/)
    const cancelled = await ask(carol, deploy('web'), /✋ \*/)
    await press(carol, cancelled.message, said('Annuler', 'Cancel'), /⏹️/)
    const overdue = await ask(carol, deploy('web'), /✋ \*/)
    const { services, actions } = sandbox.nox
    const now = services.now
    Object.assign(services, { now: () => now() + hour })
    await actions.recovery.look()
    Object.assign(services, { now })
    await keep('nobody confirms', overdue.ts, /Expiré|Expired/)
    await sandbox.stop()
    await expectGolden(`confirmations.${language}`, scenes)
  }, 180_000)
})
