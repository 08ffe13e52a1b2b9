import { describe, it } from 'vitest'
import type { Trouble } from '../../src/sandbox/cluster/pod-life.ts'
import type { Message } from '../../src/sandbox/slack/model.ts'
import { expectGolden, openStage, type Stage } from '../helpers/golden.ts'
import { people, societeX } from '../helpers/sandbox.ts'

const { bob, carol } = people

describe.each(['fr', 'en'] as const)('changes in %s', (language) => {
  const said = (fr: string, en: string) => (language === 'fr' ? fr : en)
  const done = /✅ \*/
  const failed = /❌/

  it('tells how each change ends', async () => {
    const stage = await openStage(50, language)
    const { ask, press, scenes, sandbox } = stage
    const dev = sandbox.clusters.get(`${societeX} dev-1`)
    await ask(bob, said('@NOX déploie user-api v2.4.0 en staging', '@NOX deploy user-api v2.4.0 to staging'), done)
    await ask(
      bob,
      said('@NOX déploie user-api v2.4.0 en staging', '@NOX deploy user-api v2.4.0 to staging'),
      /tourne déjà|already runs/,
    )
    const deployed = await ask(
      bob,
      said(
        '@NOX déploie billing branche feature/auth en staging',
        '@NOX deploy billing branch feature/auth to staging',
      ),
      done,
    )
    await press(bob, deployed.message, said('Revenir à v2.3.1', 'Roll back to v2.3.1'), /Rollback effectué|Rolled back/)
    await ask(bob, said('@NOX rollback user-api en staging', '@NOX roll back user-api in staging'), done)
    await ask(
      bob,
      said('@NOX rollback user-api --tag v9.9.9 en staging', '@NOX rollback user-api --tag v9.9.9 in staging'),
      failed,
    )
    await ask(bob, said('@NOX rollback web en développement', '@NOX roll back web in development'), failed)
    await ask(carol, said('@NOX redémarre billing en staging', '@NOX restart billing in staging'), done)
    await ask(carol, said('@NOX passe billing à 4 réplicas en staging', '@NOX scale billing to 4 in staging'), done)
    await ask(carol, said('@NOX passe billing à 1 réplica en staging', '@NOX scale billing to 1 in staging'), done)
    await ask(carol, '@NOX scale billing --replicas 9000 --env staging', /0.*500/)
    await ask(carol, said('@NOX sauvegarde la base client-Z', '@NOX back up client-Z'), done)
    sandbox.clusters.get(`${societeX} prod-1`)?.failCronJob('backup-client-z')
    await ask(carol, said('@NOX sauvegarde la base client-Z', '@NOX back up client-Z'), failed)
    dev?.cutOff(true)
    await ask(bob, said('@NOX déploie web v2.4.0 en staging', '@NOX deploy web v2.4.0 to staging'), failed)
    dev?.cutOff(false)
    await sandbox.stop()
    await expectGolden(`changes.${language}`, scenes)
  })

  it('tells why a rollout fails, and goes back to what served', async () => {
    const stage = await openStage(50, language)
    const { press, scenes, sandbox } = stage
    const dev = sandbox.clusters.get(`${societeX} dev-1`)
    const troubles: readonly [string, Trouble, string][] = [
      ['user-api', 'ImagePullBackOff', 'v2.5.0'],
      ['billing', 'CrashLoopBackOff', 'v2.4.0'],
      ['web', 'OOMKilled', 'v2.4.0'],
      ['checkout', 'Quota', 'v2.4.0'],
      ['mailer', 'Unschedulable', 'v2.4.0'],
    ]
    const begun: { readonly title: string; readonly ts: string }[] = []
    for (const [service, trouble, version] of troubles) {
      dev?.failNextRollout(service, trouble, 'staging')
      begun.push(
        await begin(
          stage,
          bob,
          said(`@NOX déploie ${service} ${version} en staging`, `@NOX deploy ${service} ${version} to staging`),
        ),
      )
    }
    const ends: Message[] = []
    for (const { title, ts } of begun) ends.push(await stage.keep(title, ts, failed, 20_000))
    const crashed = ends[1]
    // What failed never served: a second failure offers the same version again.
    dev?.failNextRollout('billing', 'CrashLoopBackOff', 'staging')
    const again = await stage.ask(
      bob,
      said('@NOX déploie billing v2.4.1 en staging', '@NOX deploy billing v2.4.1 to staging'),
      failed,
      {
        timeoutMs: 20_000,
      },
    )
    if (crashed)
      await press(bob, again.message, said('Revenir à v2.3.1', 'Roll back to v2.3.1'), /Rollback effectué|Rolled back/)
    await sandbox.stop()
    await expectGolden(`rollout-failures.${language}`, scenes)
  }, 180_000)
})

/** Gives an order, and waits until it is under way: numbers follow the order of words. */
async function begin(stage: Stage, user: string, text: string): Promise<{ title: string; ts: string }> {
  const { ts } = stage.sandbox.say(user, text)
  await stage.sandbox.answer(ts, /./)
  return { title: `${user.slice(2).toLowerCase()}: ${text}`, ts }
}
