import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol } = people

eachSandbox('words that go on with a thread', (sandbox) => {
  const ask = async (user: string, text: string, fits: RegExp, threadTs?: string) => {
    const { ts } = sandbox().say(user, text, threadTs === undefined ? {} : { threadTs })
    const message = await sandbox().answer(threadTs ?? ts, fits)
    return { ts: threadTs ?? ts, message }
  }
  const newest = async () => {
    const { storage } = sandbox().nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    const [action] = await storage.ledger.list(tenantId, { limit: 1 })
    if (!action) throw new Error('no action')
    return action
  }
  const patches = (cluster: string, service: string) =>
    sandbox()
      .clusters.get(`${societeX} ${cluster}`)
      ?.requests.filter(({ method, path }) => method === 'PATCH' && path.includes(`/${service}`)).length ?? 0

  it.each([
    ['fr', '@NOX affiche logs de web en staging', '@NOX et en prod ?', /\*Logs\* de `web` en production/],
    ['fr', '@NOX affiche logs de web en staging', '@NOX et billing ?', /\*Logs\* de `billing` en staging/],
    ['fr', '@NOX affiche logs de web en staging', '@NOX et le status ?', /`web` en staging/],
    ['en', '@NOX show logs of web in staging', '@NOX same for billing', /\*Logs\* of `billing` in staging/],
    ['en', '@NOX status web in staging', '@NOX and the logs?', /\*Logs\* of `web` in staging/],
    ['en', '@NOX show logs of web in staging', '@NOX what about production?', /\*Logs\* of `web` in production/],
    ['fr', '@NOX status web en staging', '@NOX prod', /`web` en production/],
  ])('answers a look with what the thread is about (%s: %s … %s)', async (_, first, then, fits) => {
    const { ts } = await ask(bob, first, /`web`/)
    await ask(bob, '@NOX whoami', /You may/, ts)
    await ask(bob, then, fits, ts)
  })

  it.each([
    ['fr', '@NOX affiche logs de web en staging', ['@NOX encore', '@NOX réessaie stp'], /\*Logs\* de `web` en staging/],
    ['en', '@NOX show logs of web in staging', ['@NOX again', '@NOX try again please'], /\*Logs\* of `web` in staging/],
  ])('repeats a look (%s)', async (_, first, more, fits) => {
    const { ts } = await ask(bob, first, fits)
    for (const [index, text] of more.entries()) {
      sandbox().say(bob, text, { threadTs: ts })
      await expect
        .poll(
          () =>
            sandbox()
              .thread(ts)
              .filter((each) => fits.test(contentOf(each))).length,
          { timeout: 8_000 },
        )
        .toBe(index + 2)
    }
  })

  it.each([
    [
      'fr',
      '@NOX déploie user-api v2.4.1 en staging',
      '@NOX et en prod ?',
      /Déployé/,
      /À confirmer :\*.*déployer `user-api` `v2\.4\.1` en production/,
      'user-api',
    ],
    [
      'en',
      '@NOX deploy billing v2.4.1 to staging',
      '@NOX and in prod?',
      /Deployed/,
      /Please confirm:\*.*deploy `billing` `v2\.4\.1` to production/,
      'billing',
    ],
  ])(
    'never deploys on a question: it shows the whole order and asks (%s)',
    async (language, first, then, done, asked, service) => {
      const { ts } = await ask(carol, first, done)
      const go = language === 'fr' ? 'Déployer en production' : 'Deploy to production'
      const before = patches('prod-1', service)
      const { message } = await ask(carol, then, asked, ts)
      const waiting = await newest()
      expect(waiting).toMatchObject({ command: 'deploy', environment: 'production', waitingFor: 'confirmation' })
      expect(contentOf(message)).toMatch(language === 'fr' ? /suite de #\d+/ : /follows #\d+/)
      expect(patches('prod-1', service)).toBe(before)
      // Someone else's word is none.
      await sandbox().press(bob, message, go)
      expect(await newest()).toMatchObject({ state: 'waiting' })
      await sandbox().press(carol, message, go)
      await expect.poll(async () => (await newest()).state, { timeout: 10_000 }).toBe('done')
      expect(patches('prod-1', service)).toBe(before + 1)
    },
  )

  it('keeps the rules of the person who goes on', async () => {
    const { ts } = await ask(bob, '@NOX déploie web v2.4.1 en staging', /Déployé/)
    await ask(bob, '@NOX et en prod ?', /⛔ \*Refusé :\*.*`web` `v2\.4\.1` en production/, ts)
    await ask(bob, '@NOX pareil pour billing', /⛔ \*Refusé :\*.*`billing` `v2\.4\.1` en production/, ts)
    await expect.poll(newest, { timeout: 8_000 }).toMatchObject({
      args: { service: 'billing', tag: 'v2.4.1', environment: 'production' },
      state: 'refused',
    })
  })

  it('lends nobody the rights of who goes on: what another says since, who may not do it, is asked first', async () => {
    const before = patches('prod-1', 'web')
    for (const [theirs, hers] of [
      ['@NOX redémarre web en production', '@NOX redémarre'],
      ['@NOX déploie web v2.4.1 en production', '@NOX refais'],
    ] as const) {
      const { ts } = await ask(carol, '@NOX affiche logs de web en staging', /`web` en staging/)
      await ask(bob, theirs, /⛔ \*Refusé/, ts)
      const { message } = await ask(carol, hers, /À confirmer :\*.*`web`.* en production/, ts)
      expect(await newest()).toMatchObject({ userId: carol, state: 'waiting', waitingFor: 'confirmation' })
      await sandbox().press(carol, message, 'Annuler')
    }
    expect(patches('prod-1', 'web')).toBe(before)
  })

  it('goes on with what another asked in their own thread, and with one’s own, in the normal way', async () => {
    const { ts } = await ask(bob, '@NOX status web en staging', /`web` en staging/)
    await ask(carol, '@NOX redémarre', /Redémarré/, ts)
    sandbox().say(bob, '@NOX status web en staging', { threadTs: ts })
    await expect.poll(newest, { timeout: 8_000 }).toMatchObject({ userId: bob, command: 'status', state: 'done' })
    sandbox().say(carol, '@NOX redémarre', { threadTs: ts })
    await expect.poll(newest, { timeout: 8_000 }).toMatchObject({ userId: carol, command: 'restart', state: 'done' })
  })

  it('repeats a change in the normal way, and asks where a word has two meanings', async () => {
    const { ts } = await ask(bob, '@NOX déploie web v2.4.0 en staging', /Déployé/)
    await ask(bob, '@NOX refais', /tourne déjà|Déployé/, ts)
    await expect.poll(newest, { timeout: 8_000 }).toMatchObject({
      command: 'deploy',
      state: 'done',
      args: { service: 'web', tag: 'v2.4.0', environment: 'staging' },
    })
    const { message } = await ask(bob, '@NOX relance', /Plusieurs lectures/, ts)
    expect(contentOf(message)).toMatch(/redémarre.*web/)
    expect(contentOf(message)).toMatch(/déploie.*web/)
    await expect.poll(newest, { timeout: 8_000 }).toMatchObject({ state: 'refused' })
  })

  it.each([
    ['fr', '@NOX et en prod ?'],
    ['fr', '@NOX encore'],
    ['en', '@NOX same for billing'],
  ])('says that there is nothing to go on with outside of a thread (%s: %s)', async (language, text) => {
    await ask(bob, text, language === 'fr' ? /Rien à reprendre ici/ : /Nothing to go on with/)
  })

  it('does not take what forbids, tells or supposes for a change', async () => {
    const { ts } = await ask(bob, '@NOX déploie web v2.4.1 en staging', /Déployé/)
    for (const text of [
      'et pas en prod',
      'ne relance pas',
      'et si on le mettait en prod ?',
      'never again',
      'pas encore',
      'et merci',
    ]) {
      sandbox().say(bob, `@NOX ${text}`, { threadTs: ts })
      await expect.poll(async () => (await newest()).state, { timeout: 8_000 }).toBe('refused')
      expect(await newest(), text).toMatchObject({ command: 'unknown', args: {} })
      await expect.poll(async () => sandbox().thread(ts).length, { timeout: 8_000 }).toBeGreaterThan(1)
    }
  })

  it('never goes on with another channel’s thread, nor another tenant’s', async () => {
    const { slack, nox } = sandbox()
    const { ts } = await ask(alice, '@NOX déploie web v2.4.0 en staging', /Déployé/)
    const tenantId = (await nox.storage.installations.tenantOf(societeX)) ?? ''
    const other = { channel: 'slack', conversationId: 'C0GENERAL', threadTs: ts, kind: 'channel' } as const
    const said = { kind: 'text', text: '<@U0NOXSOCX> encore', botUserId: 'U0NOXSOCX' } as const
    const request = { tenantId, userId: alice, eventId: 'elsewhere', place: other, receivedAt: Date.now(), input: said }
    await nox.road.handle(request)
    expect(await newest()).toMatchObject({ command: 'unknown' })
    const tenants = (await nox.storage.tenants.list()).filter(({ id }) => id !== tenantId)
    expect(tenants.length).toBeGreaterThan(0)
    for (const tenant of tenants) {
      const place = { ...other, conversationId: 'C0DEVOPS' }
      await nox.road.handle({ ...request, tenantId: tenant.id, eventId: 'stranger', place })
      const [action] = await nox.storage.ledger.list(tenant.id, { limit: 1 })
      expect(action).toMatchObject({ command: 'unknown' })
    }
    expect(slack).toBeDefined()
  })

  it.each([
    ['fr', '@NOX non, en développement', /À confirmer :\*.*déployer `web` `v2\.4\.0` en développement/],
    ['en', '@NOX oops, I meant development', /Please confirm:\*.*deploy `web` `v2\.4\.0` to development/],
  ])('takes a correction for the whole order, and asks (%s)', async (_, text, fits) => {
    const { ts } = await ask(bob, '@NOX deploy web v2.4.0 to staging', /Deployed|already runs/)
    await ask(bob, text, fits, ts)
  })

  it.each([
    ['a name', '@NOX affiche les logs', /Quel service/, '@NOX checkout stp', /\*Logs\* de `checkout`/],
    ['a choice', '@NOX deploy web v2.4.0', /which environment/, '@NOX staging', /Deployed:\* `web`|already runs `v2/],
    ['a title', '@NOX crée un ticket', /titre du ticket/, '@NOX le login casse', /Ticket créé.*le login casse/],
    ['a near name', '@NOX logs chekout', /Vouliez-vous dire/, '@NOX checkout', /\*Logs\* de `checkout`/],
  ])('takes %s for the answer to a question', async (_, first, asked, then, fits) => {
    const { ts, message } = await ask(carol, first, asked)
    await ask(carol, then, fits, ts)
    // The question became the answer: one order, one message.
    expect(
      sandbox()
        .thread(ts)
        .find((each) => each.ts === message.ts)?.text,
    ).toMatch(/Logs|Deployed|already|Ticket/)
  })

  it('answers nobody else’s question, and is told what a yes is given by; a no cancels', async () => {
    const { ts } = await ask(carol, '@NOX deplooy web v2.4.1 to satging', /Please confirm/)
    const before = patches('dev-1', 'web')
    await ask(bob, '@NOX no', /does not look like an order/, ts)
    await ask(carol, '@NOX yes', /Nothing is started yet: #\d+ is confirmed by its button/, ts)
    expect(patches('dev-1', 'web')).toBe(before)
    await ask(carol, '@NOX no', /Cancelled/, ts)
    expect(patches('dev-1', 'web')).toBe(before)
  })

  it.each([
    ['why did it fail?', /does not look like an order.*status checkout in staging.*events checkout in staging/],
    ['thanks!', /At your service\..*logs checkout in staging/],
  ])('offers looks at what the thread is about: %s', async (text, fits) => {
    const { ts } = await ask(carol, '@NOX status checkout in staging', /`checkout` in staging/)
    await ask(carol, `@NOX ${text}`, fits, ts)
  })
})
