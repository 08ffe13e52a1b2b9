import { describe, expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol, dora } = people

eachSandbox('what a channel is for', (sandbox) => {
  const ask = async (user: string, text: string, fits: RegExp, channel = '#devops') => {
    const { ts } = sandbox().say(user, text, { channel })
    const message = await sandbox()
      .answer(ts, fits)
      .catch(() => {
        throw new Error(`${text}: ${sandbox().thread(ts).map(contentOf).join(' | ')}`)
      })
    return { ts, message }
  }
  const tenant = async () => (await sandbox().nox.storage.installations.tenantOf(societeX)) ?? ''
  const newest = async () => {
    const [action] = await sandbox().nox.storage.ledger.list(await tenant(), { limit: 1 })
    if (!action) throw new Error('no action')
    return action
  }

  it.each([
    [
      'fr',
      '@NOX ce canal est pour user-api en staging',
      /Ce canal est pour :\* `user-api` en staging/,
      '@NOX à quoi sert ce canal ?',
      '@NOX affiche les logs',
      /\*Logs\* de `user-api` en staging/,
      "@NOX ce canal n'est plus pour rien",
      /n’est plus pour :\* `user-api` en staging/,
      /Ce canal n’est lié à rien/,
    ],
    [
      'en',
      '@NOX this channel is for billing on production',
      /This channel is for:\* `billing` in production/,
      '@NOX what is this channel for?',
      '@NOX show the logs',
      /\*Logs\* of `billing` in production/,
      '@NOX this channel is no longer for anything',
      /no longer for:\* `billing` in production/,
      /This channel is tied to nothing/,
    ],
  ])(
    'is set, shown, used and taken back in words (%s)',
    async (_, set, isSet, show, logs, used, clear, cleared, none) => {
      await ask(alice, set, isSet)
      await expect.poll(newest, { timeout: 8_000 }).toMatchObject({ command: 'channel.set', state: 'done' })
      const { message } = await ask(bob, show, isSet)
      expect(contentOf(message)).not.toMatch(/le change|changes it/)
      await ask(bob, logs, used)
      await ask(alice, clear, cleared)
      await ask(bob, show, none)
      const records = await sandbox().nox.storage.audit.list(await tenant(), { limit: 20, command: 'channel.set' })
      expect(records[0]).toMatchObject({ actor: alice, result: 'done' })
    },
  )

  it.each([
    [
      'fr',
      '@NOX ce canal est pour web en staging',
      '@NOX déploie v2.4.1',
      /`web`, staging : défaut de ce canal/,
      /Déployé :\* `web` en staging/,
    ],
    [
      'en',
      '@NOX this channel is for billing in staging',
      '@NOX deploy v2.4.1',
      /`?billing`?, staging: default of this channel/,
      /Deployed:\* `billing` to staging/,
    ],
  ])('fills a change, and says so beside it (%s)', async (_, set, deploy, said, done) => {
    await ask(alice, set, /✅/)
    const { message } = await ask(bob, deploy, done)
    expect(contentOf(message).replaceAll('`', '')).toMatch(
      new RegExp(said.source.replaceAll('`?', '').replaceAll('`', '')),
    )
    await ask(bob, '@NOX logs user-api en staging', /user-api/)
    await ask(alice, "@NOX ce canal n'est plus pour rien", /✅/)
  })

  it('goes behind the words and the thread', async () => {
    await ask(alice, '@NOX ce canal est pour web en staging', /✅/)
    const { ts } = await ask(bob, '@NOX logs billing en production', /`billing` en production/)
    sandbox().say(bob, '@NOX les pods', { threadTs: ts })
    await sandbox().answer(ts, /Pods\* de `billing`/)
    await ask(bob, '@NOX les pods', /Pods\* de `web`/)
    await ask(alice, "@NOX ce canal n'est plus pour rien", /✅/)
  })

  it('is said of one channel alone, and of names that exist', async () => {
    await ask(alice, '@NOX ce canal est pour web en staging', /✅/)
    await ask(alice, '@NOX à quoi sert ce canal ?', /lié à rien/, '#general')
    const { message } = await ask(alice, '@NOX ce canal est pour billin en staging', /`billin` est inconnu ici/)
    expect(contentOf(message)).toContain('Autre…')
    await ask(alice, '@NOX ce canal est pour web --env nulle-part', /n’est pas déclaré en nulle-part/)
    await ask(alice, '@NOX à quoi sert ce canal ?', /`web` en staging/)
    await ask(alice, "@NOX ce canal n'est plus pour rien", /✅/)
  })

  it.each([
    ['a developer', bob],
    ['a senior', carol],
    ['a guest', dora],
  ])('is not for %s to change', async (_, user) => {
    await ask(user, '@NOX ce canal est pour web en production', /⛔ \*Refusé/)
    await ask(alice, '@NOX à quoi sert ce canal ?', /lié à rien/)
    const audit = sandbox().nox.storage.audit
    const latest = async () => (await audit.list(await tenant(), { limit: 1, command: 'channel.set' }))[0]
    await expect.poll(latest, { timeout: 8_000 }).toMatchObject({ actor: user, result: 'refused' })
  })

  describe('a name that nobody knows', () => {
    it('can be written in a dialog', async () => {
      const { slack } = sandbox()
      const { ts, message } = await ask(bob, '@NOX logs zzz-unknown', /`zzz-unknown` est inconnu|is not known/)
      const other = contentOf(message).includes('Autre…') ? 'Autre…' : 'Other…'
      await sandbox().press(bob, message, other)
      const view = await slack.waitForView(bob)
      const value = { text: { text: { type: 'plain_text_input', value: 'mailer' } } }
      await slack.submitView(societeX, bob, view.id, value)
      await sandbox().answer(ts, /`mailer`/)
    })
  })
})

eachSandbox('aliases', (sandbox) => {
  const ask = async (user: string, text: string, fits: RegExp) => {
    const { ts } = sandbox().say(user, text)
    const message = await sandbox()
      .answer(ts, fits)
      .catch(() => {
        throw new Error(`${text}: ${sandbox().thread(ts).map(contentOf).join(' | ')}`)
      })
    return { ts, message }
  }

  it.each([
    [
      'fr',
      '@NOX alias mep = deploy --env production',
      /Alias (défini|defined) ?:\*.*`mep` = `deploy --env production`/,
    ],
    ['fr', '@NOX crée un alias lvs = déploie en staging', /Alias défini :\*/],
    ['en', "@NOX alias zstg='deploy --env staging'", /Alias defined:\*.*`zstg` = `deploy --env staging`|Alias défini/],
  ])('are defined (%s: %s)', async (_, text, fits) => {
    await ask(bob, text, fits)
  })

  it('stand for the beginning of an order, and are told beside a change', async () => {
    await ask(bob, '@NOX alias zstg = deploy --env staging', /✅/)
    const { message } = await ask(bob, '@NOX zstg web v2.4.0', /✅ \*(Deployed|Déployé)/)
    expect(contentOf(message)).toContain('`zstg` = `deploy --env staging`')
    // The rules are those of the whole order.
    await ask(bob, '@NOX alias urgence = déploie --env production', /✅/)
    await ask(bob, '@NOX urgence web v2.4.0', /⛔ \*Refusé :\*.*`web` `v2\.4\.0` en production/)
    await ask(bob, '@NOX ne zstg pas web', /rien n’a été lancé/)
    await ask(bob, '@NOX alias journaux-web = logs web en staging', /✅/)
    await ask(bob, '@NOX stp Journaux-Web', /\*Logs\* (de|of) `web`|Aucune ligne de `web`/)
  })

  it('lend nobody the rights of someone else: what its maker may not do is asked first', async () => {
    const { nox } = sandbox()
    const tenantId = (await nox.storage.installations.tenantOf(societeX)) ?? ''
    await ask(bob, '@NOX alias joli = redémarre billing en production', /✅/)
    await ask(carol, '@NOX joli', /Redémarrer `billing` en production|redémarrer `billing` en production/)
    await expect
      .poll(async () => (await nox.storage.ledger.list(tenantId, { limit: 1 }))[0], { timeout: 8_000 })
      .toMatchObject({ command: 'restart', userId: carol, state: 'waiting', waitingFor: 'confirmation' })
    // Approving has no zone of its own: whoever hides it behind a word decides nothing for the approver.
    await ask(bob, '@NOX alias zok = approuve 1', /✅/)
    await ask(carol, '@NOX zok', /./)
    await expect
      .poll(async () => (await nox.storage.ledger.list(tenantId, { limit: 1 }))[0], { timeout: 8_000 })
      .toMatchObject({ command: 'approve', state: 'waiting', waitingFor: 'confirmation' })
    // One's own word, and one of somebody who may do it, is the order.
    await ask(alice, '@NOX alias zre = redémarre billing en staging', /✅/)
    await ask(carol, '@NOX zre', /✅ \*Redémarré/)
    // Nor does a word that is said like another's pass for it.
    await ask(bob, '@NOX alias zrè = redémarre billing en production', /✅/)
    await ask(carol, '@NOX zre', /redémarrer `billing` en production/i)
    await expect
      .poll(async () => (await nox.storage.ledger.list(tenantId, { limit: 1 }))[0], { timeout: 8_000 })
      .toMatchObject({ command: 'restart', userId: carol, state: 'waiting', waitingFor: 'confirmation' })
    expect((await nox.storage.aliases.list(tenantId)).filter(({ name }) => /^zr[eè]$/.test(name))).toHaveLength(1)
  })

  it('are listed and removed', async () => {
    await ask(bob, '@NOX alias lb = logs billing', /✅/)
    await ask(carol, '@NOX mes alias', /`lb` = `logs billing`/)
    await ask(carol, '@NOX alias lb', /`lb` = `logs billing`/)
    await ask(carol, "@NOX supprime l'alias lb", /Alias supprimé :\* `lb`/)
    await ask(carol, '@NOX remove alias lb', /no alias `lb`/)
    await ask(carol, '@NOX lb', /rien n’a été lancé|nothing was started/)
  })

  it.each([
    ['@NOX alias deploy = deploy --env production', /`deploy` (est déjà un mot|is a word)/],
    ['@NOX alias logs = restart billing', /`logs` (est déjà un mot|is a word)/],
    ['@NOX alias mep = déploie en staging', /`mep` (est déjà un mot|is a word)/],
    ['@NOX alias prod = deploy --env production', /`prod` (est déjà un mot|is a word)/],
    ['@NOX alias mets = logs web', /`mets` (est déjà un mot|is a word)/],
    ['@NOX alias encore = deploy --env production', /`encore` (est déjà un mot|is a word)/],
    ['@NOX alias billing = logs web', /`billing` (est le nom|is the name)/],
    ['@NOX alias bìlling = logs web', /`bìlling` (est le nom|is the name)/],
    ['@NOX alias abc = il fait beau', /(n’est pas le début|is not the beginning)/],
    ['@NOX alias abc = alias def = logs web', /(ne peut pas définir|cannot define)/],
    [`@NOX alias abc = logs ${'a'.repeat(220)}`, /(200 caractères|200 characters)/],
  ])('take no word and no text that would mean something else: %s', async (text, fits) => {
    await ask(bob, text, fits)
    const { nox } = sandbox()
    const tenantId = (await nox.storage.installations.tenantOf(societeX)) ?? ''
    expect((await nox.storage.aliases.list(tenantId)).map(({ name }) => name)).not.toContain('abc')
  })

  it('are one level deep', async () => {
    await ask(bob, '@NOX alias premier-pas = logs web en staging', /✅/)
    await ask(bob, '@NOX alias deuxieme-pas = premier-pas', /n’est pas le début|is not the beginning/)
  })

  it('are locked by an admin alone, and then are for admins', async () => {
    await ask(carol, '@NOX verrouille les alias', /⛔ \*Refusé/)
    await ask(alice, '@NOX alias verrouiller', /Alias verrouillés/)
    await ask(bob, '@NOX alias verrou-test = logs web', /⛔/)
    await ask(bob, '@NOX mes alias', /verrouillés|locked/)
    await ask(alice, '@NOX alias verrou-test = logs web', /✅/)
    await ask(bob, "@NOX supprime l'alias verrou-test", /⛔/)
    await ask(alice, '@NOX alias unlock', /Aliases unlocked/)
    await ask(bob, "@NOX supprime l'alias verrou-test", /✅/)
    await ask(dora, '@NOX alias invite-test = logs web', /⛔/)
    const { nox } = sandbox()
    const tenantId = (await nox.storage.installations.tenantOf(societeX)) ?? ''
    const resultsOf = async () =>
      (await nox.storage.audit.list(tenantId, { limit: 50 }))
        .filter(({ command }) => command === 'alias.lock')
        .map(({ result }) => result)
        .sort()
    await expect.poll(resultsOf).toEqual(['done', 'refused'])
  })

  it('are a tenant’s own', async () => {
    const { storage } = sandbox().nox
    await ask(alice, '@NOX alias secret-a-nous = logs web', /✅/)
    const mine = (await storage.installations.tenantOf(societeX)) ?? ''
    for (const { id } of await storage.tenants.list()) {
      if (id !== mine) expect(await storage.aliases.list(id)).toEqual([])
    }
    expect((await storage.aliases.list(mine)).map(({ name }) => name)).toContain('secret-a-nous')
  })
})
