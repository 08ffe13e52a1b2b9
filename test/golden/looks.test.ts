import { describe, it } from 'vitest'
import { plans } from '../../src/domain/plans.ts'
import { expectGolden, openStage } from '../helpers/golden.ts'
import { people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol, dora } = people

describe.each(['fr', 'en'] as const)('looks in %s', (language) => {
  const said = (fr: string, en: string) => (language === 'fr' ? fr : en)
  const any = /^(?!.*⏳)/s

  it('tells what runs', async () => {
    const stage = await openStage(50, language)
    const { ask, scenes, sandbox } = stage
    const prod = sandbox.clusters.get(`${societeX} prod-1`)
    await ask(bob, '@NOX status', any)
    await ask(bob, said('@NOX status cluster dev-1', '@NOX status cluster dev-1'), any)
    await ask(bob, said('@NOX status de tous les clusters', '@NOX status of all clusters'), any)
    await ask(bob, said('@NOX comment va user-api en production ?', '@NOX how is user-api in production?'), any)
    await ask(bob, said('@NOX status mailer en production', '@NOX status mailer in production'), any)
    await ask(bob, said('@NOX pods de mailer en production', '@NOX pods of mailer in production'), any)
    await ask(bob, said('@NOX pods du cluster prod-1', '@NOX pods of cluster prod-1'), any)
    await ask(bob, said('@NOX événements de mailer en production', '@NOX events of mailer in production'), any)
    await ask(bob, said('@NOX logs de mailer en production', '@NOX logs of mailer in production'), any)
    await ask(
      bob,
      said(
        '@NOX logs de mailer en production contenant "zorglub" depuis 2h',
        '@NOX logs of mailer in production containing "zorglub" since 2h',
      ),
      any,
    )
    await ask(
      bob,
      said('@NOX erreurs de mailer en production depuis 2h', '@NOX errors of mailer in production since 2h'),
      any,
    )
    await ask(bob, said('@NOX debug de mailer en production', '@NOX debug logs of mailer in production'), any)
    prod?.heal('mailer')
    prod?.cutOff(true)
    await ask(bob, '@NOX status cluster prod-1', any, { timeoutMs: 15_000 })
    await ask(bob, said('@NOX status de tous les clusters', '@NOX status of all clusters'), any, { timeoutMs: 15_000 })
    await ask(bob, said('@NOX logs de user-api en production', '@NOX logs of user-api in production'), any, {
      timeoutMs: 15_000,
    })
    prod?.cutOff(false)
    await sandbox.stop()
    await expectGolden(`looks.${language}`, scenes)
  }, 180_000)

  it('tells who may what, what was used and what was done', async () => {
    const stage = await openStage(50, language)
    const { ask, scenes, sandbox, change } = stage
    for (const user of [alice, bob, carol, dora]) await ask(user, said('@NOX qui suis-je', '@NOX whoami'), any)
    await ask(bob, said('@NOX puis-je déployer en prod ?', '@NOX can I deploy to prod?'), any)
    await ask(bob, said('@NOX puis-je déployer ?', '@NOX can I deploy?'), any)
    await ask(bob, said('@NOX puis-je déployer user-api en staging ?', '@NOX can I deploy user-api to staging?'), any)
    await ask(bob, said('@NOX puis-je redémarrer en prod ?', '@NOX can I restart in prod?'), any)
    await ask(bob, said('@NOX puis-je voir les logs en prod ?', '@NOX can I see logs in prod?'), any)
    await ask(bob, said('@NOX est-ce que @carol peut déployer en prod ?', '@NOX can @carol deploy to prod?'), any)
    await ask(carol, said('@NOX est-ce que @bob peut déployer en prod ?', '@NOX can @bob deploy to prod?'), any)
    await ask(carol, said('@NOX est-ce que @dora peut déployer en prod ?', '@NOX can @dora deploy to prod?'), any)
    await ask(dora, said('@NOX puis-je déployer en prod ?', '@NOX can I deploy to prod?'), any)
    await ask(bob, said('@NOX qui peut déployer en prod ?', '@NOX who can deploy to prod?'), any)
    await ask(bob, said('@NOX qui peut déployer ?', '@NOX who can deploy?'), any)
    await ask(bob, said('@NOX qui peut sauvegarder en prod ?', '@NOX who can back up in prod?'), any)
    await ask(bob, said('@NOX qui peut gérer l’équipe ?', '@NOX who can manage?'), any)
    await ask(bob, said('@NOX déploie user-api v2.4.0 en staging', '@NOX deploy user-api v2.4.0 to staging'), /✅ \*/)
    await ask(
      bob,
      said('@NOX déploie user-api v2.4.0 en production', '@NOX deploy user-api v2.4.0 to production'),
      /⛔ \*/,
    )
    await ask(
      carol,
      said('@NOX rollback user-api --tag v9.9.9 en development', '@NOX rollback user-api --tag v9.9.9 in development'),
      /❌ \*/,
    )
    await ask(bob, '@NOX usage', any)
    await ask(bob, said('@NOX mon historique', '@NOX my history'), any)
    await ask(bob, said('@NOX historique', '@NOX history'), any)
    await ask(alice, said('@NOX historique', '@NOX history'), any)
    await ask(alice, said('@NOX qui a déployé aujourd’hui ?', '@NOX who deployed today?'), any)
    await ask(alice, said('@NOX qui a déployé user-api depuis 24h ?', '@NOX who deployed user-api since 24h?'), any)
    await ask(
      alice,
      said(
        '@NOX historique de user-api en staging depuis une semaine',
        '@NOX history of user-api in staging since a week',
      ),
      any,
    )
    await ask(alice, said('@NOX historique de @bob', '@NOX history of @bob'), any)
    await ask(alice, said('@NOX actions refusées', '@NOX refused actions'), any)
    await ask(alice, said('@NOX historique de billing depuis hier', '@NOX history of billing since yesterday'), any)
    await change(async (storage, tenantId) => {
      const known = await storage.members.findBySlackId(tenantId, bob)
      if (known) await storage.members.update({ ...known, maxActionsPerDay: 1 })
    })
    await ask(bob, said('@NOX status user-api en prod', '@NOX status user-api in prod'), any)
    await ask(bob, '@NOX usage', any)
    Object.assign(sandbox.nox.services, { planOf: () => ({ ...plans.enterprise, actionsPerMonth: 3 }) })
    await ask(carol, said('@NOX status user-api en prod', '@NOX status user-api in prod'), any)
    await ask(alice, '@NOX usage', any)
    await sandbox.stop()
    await expectGolden(`rights-and-records.${language}`, scenes)
  }, 180_000)
})
