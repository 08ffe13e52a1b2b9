import { describe, it } from 'vitest'
import { drawBlocks } from '../helpers/draw-message.ts'
import { expectGolden, openStage, type Stage } from '../helpers/golden.ts'
import { people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol } = people
const any = /^(?!.*⏳)/s

/** A person's Home tab, as it is drawn when it is opened. */
async function keepHome(stage: Stage, title: string, user: string): Promise<void> {
  const { slack } = stage.sandbox
  const before = slack.home(user)?.hash
  slack.openHome(societeX, user)
  const view = await slack.waitForHome(user, (each) => each.hash !== before)
  stage.scenes.push({ title, drawn: drawBlocks(view.json.blocks) })
}

describe.each(['fr', 'en'] as const)('first steps in %s', (language) => {
  const said = (fr: string, en: string) => (language === 'fr' ? fr : en)
  const deploy = said('@NOX déploie user-api v2.4.0 en staging', '@NOX deploy user-api v2.4.0 to staging')
  const backup = said('@NOX sauvegarde la base client-Z', '@NOX back up client-Z')
  const tell = said('Prévenir un admin', 'Tell an admin')

  it('say what an admin must set up, and tell an admin', async () => {
    const stage = await openStage(50, language)
    const { ask, press, pressQuietly, keepDirect, change, scenes, sandbox } = stage
    const { catalogue } = sandbox.nox.storage
    const [clusters, services, targets] = await Promise.all([
      catalogue.clusters(stage.tenantId),
      catalogue.services(stage.tenantId),
      catalogue.backupTargets(stage.tenantId),
    ])
    await change(async (_, tenantId) => {
      for (const { id } of targets) await catalogue.removeBackupTarget(tenantId, id)
    })
    await ask(carol, backup, any, { title: `carol: ${backup} (no database)` })
    await change(async (_, tenantId) => {
      for (const { id } of services) await catalogue.removeService(tenantId, id)
    })
    await ask(bob, deploy, any, { title: `bob: ${deploy} (no service)` })
    await change(async (_, tenantId) => {
      for (const { id } of clusters) await catalogue.removeCluster(tenantId, id)
    })
    const refused = await ask(bob, deploy, any, { title: `bob: ${deploy} (no cluster)` })
    await press(bob, refused.message, tell, /✅ \*/)
    await keepDirect('to Alice', alice, /Bob Dupont/)
    await pressQuietly(bob, refused.message, tell, any)
    await ask(alice, deploy, any, { title: `alice: ${deploy} (no cluster)` })
    await ask(bob, said('@NOX aide', '@NOX help'), any)
    await ask(alice, said('@NOX aide', '@NOX help'), any)
    await ask(bob, '@NOX status', any)
    await keepHome(stage, 'Home of Alice, before anything is connected', alice)
    await keepHome(stage, 'Home of Bob', bob)
    await sandbox.stop()
    await expectGolden(`first-steps.${language}`, scenes)
  }, 180_000)

  it('end in a Home tab that shows what is set up, waits and was done', async () => {
    const stage = await openStage(50, language)
    const { ask, press, scenes, sandbox } = stage
    await keepHome(stage, 'Home of Alice, before the first order', alice)
    await ask(bob, deploy, /✅ \*/)
    const refused = await ask(
      bob,
      said('@NOX déploie billing v2.4.0 en production', '@NOX deploy billing v2.4.0 to production'),
      /⛔ \*/,
    )
    await press(bob, refused.message, said('Demander une validation', 'Ask for approval'), /✋ \*/)
    scenes.splice(1)
    await keepHome(stage, 'Home of Alice', alice)
    await keepHome(stage, 'Home of Bob', bob)
    await keepHome(stage, 'Home of Dora', people.dora)
    await sandbox.stop()
    await expectGolden(`home.${language}`, scenes)
  }, 180_000)
})
