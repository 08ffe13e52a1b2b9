import { describe, it, vi } from 'vitest'
import { findCommand } from '../../src/commands/index.ts'
import { expectGolden, openStage } from '../helpers/golden.ts'
import { people, societeX } from '../helpers/sandbox.ts'

const { alice, bob } = people

describe.each(['fr', 'en'] as const)('interruptions in %s', (language) => {
  const said = (fr: string, en: string) => (language === 'fr' ? fr : en)
  const deploy = (service: string) =>
    said(`@NOX déploie ${service} v2.4.0 en staging`, `@NOX deploy ${service} v2.4.0 to staging`)

  it('are told, with what is certain and what is not', async () => {
    const stage = await openStage(2, language)
    const { press, pressQuietly, keep, scenes, sandbox } = stage
    const { services } = sandbox.nox
    const dev = sandbox.clusters.get(`${societeX} dev-1`)
    const begin = async (service: string) => {
      const patched = dev?.changes.length ?? 0
      const { ts } = sandbox.say(bob, deploy(service))
      await vi.waitFor(() => (dev?.changes.length ?? 0) > patched || Promise.reject(new Error('not yet')), 8_000)
      return { ts, message: await sandbox.answer(ts, /⏳.*rollout, /) }
    }
    const cancelled = await begin('user-api')
    stage.keepMessage(`bob: ${deploy('user-api')}`, cancelled.message)
    await press(
      bob,
      cancelled.message,
      said('Revenir à v2.3.1', 'Roll back to v2.3.1'),
      /Rollback effectué|Rolled back/,
      {
        timeoutMs: 20_000,
      },
    )

    await keep('what became of the deployment', cancelled.ts, /#1\b.*(✅|❌|⏹️) \*|(✅|❌|⏹️) \*.*#1\b/s, 20_000)

    const slow = { ...services }
    const limited = (ms: number) => (name: string) => {
      const command = findCommand(name)
      return command && { ...command, timeLimitMs: ms }
    }
    Object.assign(services, { findCommand: limited(4_000) })
    dev?.failNextRollout('billing', 'Probe', 'staging')
    const late = await begin('billing')
    await keep('never ready', late.ts, /❌/, 20_000)

    const lost = await begin('web')
    dev?.cutOff(true)
    const unknown = await keep('cut off for good', lost.ts, /⚠️ \*/, 20_000)
    await pressQuietly(bob, unknown, said('Revérifier', 'Check again'), /./)
    dev?.cutOff(false)
    Object.assign(services, { findCommand: slow.findCommand })
    await press(bob, unknown, said('Marquer comme fait', 'Mark as done'), /✅ \*/)

    const { clusters } = services
    Object.assign(services, {
      clusters: Object.create(clusters, { deployment: { value: () => Promise.reject(new Error('a fault of NOX')) } }),
    })
    await stage.ask(bob, deploy('checkout'), /❌/)
    Object.assign(services, { clusters })
    const stopped = await begin('mailer')
    await stage.ask(alice, said('@NOX annule', '@NOX cancel'), /⏹️.*(demandée|requested)/, { threadTs: stopped.ts })
    await keep('what was cancelled', stopped.ts, /⏹️ \*/)
    await sandbox.stop()
    await expectGolden(`trouble.${language}`, scenes)
  }, 180_000)
})
