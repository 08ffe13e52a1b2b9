import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol, dora } = people

eachSandbox('the sentences of the first day', (sandbox) => {
  const ask = async (user: string, text: string, fits: RegExp) => {
    const { ts } = sandbox().say(user, text)
    return { ts, message: await sandbox().answer(ts, fits) }
  }

  it.each([
    ['fr', '@NOX déploie user-api branche feature/auth en staging', /✅ \*Déployé :\*.*`user-api` en staging/],
    ['en', '@NOX deploy billing branch feature/auth to staging', /✅ \*Deployed:\* `billing` to staging/],
  ])('deploys to staging, in one message (%s)', async (_, text, done) => {
    const { ts, message } = await ask(bob, text, done)
    expect(contentOf(message)).toMatch(/v2\.3\.1` → `feature\/auth`.*3\/3|v2\.3\.1` → `feature\/auth`.*2\/2/)
    expect(sandbox().thread(ts)).toHaveLength(1)
    const service = text.includes('billing') ? 'billing' : 'user-api'
    const cluster = sandbox().clusters.get(`${societeX} dev-1`)
    const deployment = cluster?.objects('Deployment', 'staging').find((each) => each.metadata.name === service)
    expect(deployment?.spec.template.spec.containers[0]?.image).toBe(`registry.example/${service}:feature-auth`)
  })

  it.each([
    [
      'fr',
      '@NOX déploie user-api v2.4.0 en production',
      'Demander une validation',
      'Approuver',
      /Déployé :.*en production/,
    ],
    ['en', '@NOX deploy billing v2.4.0 to production', 'Ask for approval', 'Approve', /Deployed:\*.*to production/],
  ])(
    'refuses Bob in production, and runs once when Carol approves (%s)',
    async (_, text, askLabel, approveLabel, done) => {
      const { ts, message } = await ask(bob, text, /⛔/)
      expect(contentOf(message)).toMatch(/Carol Nguyen/)
      await sandbox().press(bob, message, askLabel)
      const asked = await sandbox().answer(ts, /✋/)
      // Bob may press, but not decide.
      await sandbox().press(bob, asked, approveLabel)
      await sandbox().press(carol, asked, approveLabel)
      await sandbox().press(alice, asked, approveLabel)
      await sandbox().answer(ts, done)
      const service = text.includes('billing') ? 'billing' : 'user-api'
      const cluster = sandbox().clusters.get(`${societeX} prod-1`)
      const patches = cluster?.requests.filter(({ method, path }) => method === 'PATCH' && path.includes(`/${service}`))
      expect(patches).toHaveLength(1)
    },
  )

  it.each([
    ['fr', '@NOX affiche logs du service web', /\*Logs\* de `web` en production : 10 dernières lignes/],
    ['en', '@NOX show logs of checkout in staging', /\*Logs\* of `checkout` in staging: last 10 lines/],
  ])('shows the last lines in a block and the rest as a file (%s)', async (_, text, title) => {
    const { ts, message } = await ask(bob, text, title)
    expect(contentOf(message)).toContain('rich_text_preformatted')
    const file = await sandbox().slack.waitForMessage((each) => each.threadTs === ts && each.fileIds.length > 0)
    expect(file).toBeDefined()
  })

  it.each([
    ['fr', '@NOX status cluster kubernetes', /⚠️ \*1 problème :\* cluster `prod-1`/],
    ['en', '@NOX show the status of the cluster', /⚠️ \*1 problem:\* cluster `prod-1`/],
  ])('tells the state of the cluster, and what is unhealthy and why (%s)', async (_, text, title) => {
    const { message } = await ask(bob, text, title)
    expect(contentOf(message)).toMatch(/`mailer`.*0\/2.*(CrashLoopBackOff|OOMKilled)/)
  })

  it.each([
    ['fr', '@NOX backup base données client-Z', /✅ \*Sauvegarde terminée :\* `client-Z`.*2,4/],
    ['en', '@NOX back up user-db', /✅ \*Backed up:\* `user-db`.*11\.8/],
  ])('runs a backup and tells its end (%s)', async (_, text, done) => {
    await ask(carol, text, done)
  })

  it('lets a guest look at the own projects only, and change nothing', async () => {
    await ask(dora, '@NOX status user-api en production', /✅ \*OK :\*/)
    await ask(dora, '@NOX affiche logs du service billing', /⛔.*Refusé/)
    await ask(dora, '@NOX déploie user-api v2.4.0 en staging', /⛔.*Refusé/)
  })

  it('answers a direct message, a slash command and the shortcut', async () => {
    const { slack } = sandbox()
    const direct = slack.directMessages(societeX, bob)
    const said = slack.say(societeX, bob, direct, 'mes droits')
    await sandbox().answer(said.ts, /Vous pouvez/)
    await slack.slash(societeX, bob, '#general', '/nox', 'status user-api en production')
    const root = await slack.waitForMessage((each) => each.channel === 'C0GENERAL' && each.text.includes('/nox status'))
    await sandbox().answer(root.ts, /\*OK :\*/)
    const quoted = slack.say(societeX, alice, '#devops', 'status user-api en staging')
    await slack.shortcut(societeX, bob, 'ask_nox', '#devops', quoted.ts)
    await sandbox().answer(quoted.ts, /user-api.*staging/)
  })

  it('asks with a menu for what is missing, and goes on with the choice', async () => {
    const { slack } = sandbox()
    const { ts, message } = await ask(alice, '@NOX affiche les logs', /✋ Quel service/)
    const block = (
      message.blocks as readonly { block_id: string; elements?: { action_id: string; options?: unknown[] }[] }[]
    ).find((each) => each.elements?.some((element) => element.options))
    const [element] = block?.elements ?? []
    const options = (element?.options ?? []) as { value: string }[]
    const option = options.find((each) => each.value === 'mailer')
    await slack.press(societeX, alice, {
      source: { kind: 'message', channel: message.channel, ts: message.ts },
      block_id: block?.block_id ?? '',
      action_id: element?.action_id ?? '',
      element: { type: 'static_select', selected_option: option },
    })
    await sandbox().answer(ts, /`mailer`/)
  })

  it('denies with a reason, written in a dialog', async () => {
    const { slack } = sandbox()
    const { ts, message } = await ask(bob, '@NOX déploie web v2.4.0 en production', /⛔/)
    await sandbox().press(bob, message, 'Demander une validation')
    const asked = await sandbox().answer(ts, /✋/)
    await sandbox().press(carol, asked, 'Refuser')
    const view = await slack.waitForView(carol)
    await slack.submitView(societeX, carol, view.id, {
      text: { text: { type: 'plain_text_input', value: 'gel ce soir' } },
    })
    await sandbox().answer(ts, /Refusé par .*« gel ce soir »|Refusé par .*gel ce soir/)
  })
})
