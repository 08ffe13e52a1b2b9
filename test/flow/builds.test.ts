import { expect, it } from 'vitest'
import type { Zone } from '../../src/domain/zone.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { bob, carol, dora } = people

eachSandbox('builds and pull requests', (sandbox) => {
  const github = () => sandbox().github
  const ask = async (user: string, text: string, fits: RegExp, channel?: string) => {
    const { ts } = sandbox().say(user, text, channel === undefined ? {} : { channel })
    return contentOf(await sandbox().answer(ts, fits))
  }
  const sent = (method: string) => github().exchanges.filter(({ request }) => request.method === method)

  it.each([
    ['fr', '@NOX mes prs', /Vos pull requests.* : 3 ouvertes/],
    ['en', '@NOX my prs', /Your pull requests.*: 3 open/],
  ])('shows a person their own pull requests, in %s', async (_, text, title) => {
    const answer = await ask(bob, text, title)
    expect(answer).toMatch(/user-api#318 Sign in with a passkey/)
    expect(answer).toMatch(/billing#142/)
    expect(answer).toMatch(/search#57/)
    expect(answer).not.toMatch(/#871|#315/)
    expect(answer).toContain('/societe-x/user-api/pull/318')
  })

  it('shows the pull requests of a service, by state, drafts told apart', async () => {
    const open = await ask(bob, '@NOX prs ouvertes de user-api', /Pull requests.*`user-api` : 2 ouvertes/)
    expect(open).toMatch(/#315 Audit log of every sign-in[^\n]*brouillon/)
    const merged = await ask(bob, '@NOX merged prs of user-api', /Pull requests.*`user-api`: 1 merged/)
    expect(merged).toMatch(/#311/)
    expect(merged).not.toMatch(/#309/)
  })

  it('shows the releases of a service, the latest, and the latest of all', async () => {
    const all = await ask(bob, '@NOX releases de user-api', /Releases\* de `user-api`/)
    expect(all).toMatch(/v2\.5\.0 Passkeys \(beta\)[^\n]*pré-version/)
    expect(all).toContain('/societe-x/user-api/compare/v2.4.2...v2.4.3')
    const latest = await ask(bob, '@NOX latest release of user-api', /Latest release\* of `user-api`/)
    expect(latest).toMatch(/v2\.4\.3 Tokens expire/)
    expect(latest).not.toContain('Passkeys')
    expect(latest).toContain('/compare/v2.4.3...HEAD')
    const each = await ask(bob, '@NOX releases', /Dernières releases/)
    expect(each).toMatch(/user-api v2\.4\.3/)
    expect(each).toMatch(/billing v2\.4\.0 Credit notes/)
    expect(await ask(bob, '@NOX releases de mailer', /aucune release/)).toMatch(/mailer/)
  })

  it('shows the builds of a service, the newest first, with a way to run a failed one again', async () => {
    const answer = await ask(bob, '@NOX builds de user-api', /Builds.*`user-api` : 4/)
    expect(answer).toMatch(/❌ échoué[^\n]*Sign in with a passkey[^\n]*feature\/auth/)
    expect(answer.indexOf('Sign in with a passkey')).toBeLessThan(answer.indexOf('Nightly'))
    expect(answer).toContain('Relancer')
    const branch = await ask(bob, '@NOX builds of user-api branch main', /Builds.*`user-api`: last 2/)
    expect(branch).not.toContain('passkey')
  })

  it('shows the builds of everything where nothing is named', async () => {
    const answer = await ask(bob, '@NOX builds', /\*Builds\* : 8 derniers/)
    expect(answer).toMatch(/`billing`/)
    expect(answer).toMatch(/`user-api`/)
  })

  it('runs a failed build again, once, and tells its new attempt', async () => {
    const runs = github().world.repositories.find(({ name }) => name === 'user-api')?.runs ?? []
    const failed = runs.find(({ title }) => title === 'Sign in with a passkey')
    const answer = await ask(bob, `@NOX relance le build ${failed?.id} de user-api`, /Build relancé/)
    expect(answer).toMatch(/feature\/auth.*tentative 2/)
    expect(failed?.attempts).toHaveLength(2)
    expect(sent('POST').filter(({ request }) => request.path.endsWith('/rerun-failed-jobs'))).toHaveLength(1)
  })

  it('tells that a build was run again although its answer was lost', async () => {
    const run = github().world.repositories.find(({ name }) => name === 'mailer')?.runs[0]
    github().faults.push({ kind: 'reset', after: true, path: /rerun/, times: 1 })
    await ask(bob, `@NOX relance le build ${run?.id} de mailer`, /Build relancé/)
    expect(run?.attempts).toHaveLength(2)
  })

  it('cancels the running build of a service, and says when there is none', async () => {
    await ask(bob, '@NOX annule le build de billing', /Annulation demandée/)
    const [run] =
      github()
        .world.repositories.find(({ name }) => name === 'billing')
        ?.runs.slice(-1) ?? []
    expect(run?.cancelledAt).not.toBeNull()
    await ask(bob, '@NOX annule le build de checkout', /Aucun build en cours dans/)
  })

  it('asks for the repository of a change, and says what a wrong number is', async () => {
    await ask(bob, '@NOX relance le dernier build', /Quel dépôt/)
    await ask(bob, '@NOX relance le build 999 de user-api', /Aucun build `999`/)
    await ask(bob, '@NOX builds de nowhere-at-all', /est inconnu ici/)
  })

  it('keeps builds from a guest, and says who may', async () => {
    await ask(dora, '@NOX relance le build 1 de user-api', /Refusé/)
    expect(sent('POST').some(({ request }) => request.path.includes('/runs/1/'))).toBe(false)
  })

  it('tells a person without a known login what an admin can do', async () => {
    await ask(dora, '@NOX mes prs', /Refusé|login GitHub n’est pas connu/)
  })

  it('tells a missing branch with the nearest names, which deploy at a press', async () => {
    const { ts } = sandbox().say(bob, '@NOX déploie user-api branche feature/aut en staging')
    const message = await sandbox().answer(ts, /n’existe pas dans/)
    expect(contentOf(message)).toMatch(/La branche `feature\/aut` n’existe pas dans `societe-x\/user-api`/)
    expect(contentOf(message)).toMatch(/feature\/auth/)
    await sandbox().press(bob, message, 'feature/auth')
    await sandbox().answer(ts, /✅ \*Déployé :\*.*`user-api` en staging/)
  })

  it('notes a deployment at GitHub, with the states that it goes through', async () => {
    const known = github().world.repositories.find(({ name }) => name === 'web')?.deployments ?? []
    const answer = await ask(bob, '@NOX déploie web v2.4.0 en staging', /✅ \*Déployé :\*.*`web` en staging/)
    expect(answer).toMatch(/commit\/[0-9a-f]{40}\|Commit/)
    expect(known).toHaveLength(1)
    expect(known[0]?.environment).toBe('staging')
    expect(known[0]?.statuses.map(({ state }) => state)).toEqual(['in_progress', 'success'])
  })

  it('notes a deployment that failed as what it is', async () => {
    const deployments = () => github().world.repositories.find(({ name }) => name === 'web')?.deployments ?? []
    const before = deployments().length
    sandbox().clusters.get(`${societeX} dev-1`)?.failNextRollout('web', 'ImagePullBackOff', 'staging')
    const answer = await ask(bob, '@NOX déploie web v2.4.1 en staging', /Échec :|Déployé :|déjà|n’existe pas/)
    expect(answer).toMatch(/Échec :\* déployer `web`/)
    expect(deployments()).toHaveLength(before + 1)
    expect(deployments().some(({ statuses }) => statuses.at(-1)?.state === 'failure')).toBe(true)
  })

  it('notes a rollback as a deployment of the commit gone back to', async () => {
    const known = () => github().world.repositories.find(({ name }) => name === 'web')?.deployments ?? []
    const before = known().length
    const { sha } = known().find(({ statuses }) => statuses.at(-1)?.state === 'success') ?? {}
    const answer = await ask(bob, '@NOX rollback web en staging', /Retour à `v2\.4\.0`|Rollback/)
    expect(answer).not.toMatch(/GitHub/)
    expect(known()).toHaveLength(before + 1)
    expect(known().at(-1)).toMatchObject({ sha, environment: 'staging' })
    expect(
      known()
        .at(-1)
        ?.statuses.map(({ state }) => state),
    ).toEqual(['in_progress', 'success'])
  })

  it('notes a rollback that failed as what it is, to a version that NOX did not deploy', async () => {
    const web = github().world.repositories.find(({ name }) => name === 'web')
    const before = web?.deployments.length ?? 0
    sandbox().clusters.get(`${societeX} dev-1`)?.failNextRollout('web', 'ImagePullBackOff', 'staging')
    await ask(bob, '@NOX rollback web à v2.4.1 en staging', /Échec :\*/)
    expect(web?.deployments).toHaveLength(before + 1)
    const noted = web?.deployments.at(-1)
    expect(noted?.statuses.map(({ state }) => state)).toEqual(['in_progress', 'failure'])
  })

  it('rolls back although GitHub does not answer, and says that it was not told', async () => {
    github().faults.push({ kind: 'status', status: 503 })
    const answer = await ask(bob, '@NOX rollback web à v2.4.0 en staging', /Rollback effectué|Échec :\*/)
    github().faults.splice(0)
    expect(answer).toMatch(/GitHub n’a pas été prévenu/)
  })

  it('asks nobody to approve a version that does not exist', async () => {
    const answer = await ask(carol, '@NOX déploie web v9.9.9 en production', /n’existe pas dans|Déployé|À confirmer/)
    expect(answer).toMatch(/Le tag `v9.9.9` n’existe pas/)
  })

  it('deploys without GitHub where it does not answer, and says that it did', async () => {
    github().faults.push({ kind: 'status', status: 503 })
    const answer = await ask(bob, '@NOX déploie search v2.4.0 en development', /Déployé|Échec/)
    github().faults.splice(0)
    expect(answer).toMatch(/Déployé/)
    expect(answer).toMatch(/GitHub n’a pas pu vérifier `v2.4.0`/)
  })

  const checkout = () => github().world.repositories.find(({ name }) => name === 'checkout')
  const dispatched = () => checkout()?.runs.filter(({ event }) => event === 'workflow_dispatch') ?? []

  it('is told which workflow deploys a service', async () => {
    const { storage, services } = sandbox().nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    const [service] = (await storage.catalogue.services(tenantId)).filter(({ name }) => name === 'checkout')
    if (!service) throw new Error('no checkout')
    await storage.catalogue.saveService({ ...service, workflow: 'deploy.yml' })
    services.knowledge.drop(tenantId)
    await ask(bob, '@NOX builds de checkout', /Builds.*`checkout`/)
  })

  it('deploys through the workflow of the repository, with its link and its inputs', async () => {
    const answer = await ask(bob, '@NOX déploie checkout v2.4.0 en staging', /Déployé :\*.*`checkout` en staging/)
    expect(answer).toMatch(/actions\/runs\/\d+\|Deploy/)
    const [post] = sent('POST').filter(({ request }) => request.path.endsWith('/dispatches'))
    expect(post?.request.body).toMatchObject({
      ref: 'v2.4.0',
      inputs: { environment: 'staging', version: 'v2.4.0', nox_action: expect.stringMatching(/^[0-9A-Z]{26}$/) },
      return_run_details: true,
    })
    expect(dispatched()).toHaveLength(1)
    await ask(bob, '@NOX status de checkout en staging', /v2\.4\.0/)
  })

  it('finds the run of a dispatch whose answer was lost, and starts no second one', async () => {
    const before = dispatched().length
    github().faults.push({ kind: 'reset', after: true, path: /dispatches/, times: 1 })
    await ask(bob, '@NOX déploie checkout branche feature/auth en development', /Déployé :\*.*`checkout`/)
    expect(dispatched()).toHaveLength(before + 1)
  })

  it('cancels the run with the action', async () => {
    const run = { seconds: 99_999 }
    Object.assign(checkout()?.workflows[0] ?? {}, run)
    const { ts } = sandbox().say(bob, '@NOX déploie checkout v2.3.1 en development')
    const running = await sandbox().answer(ts, /Deploy \d+/)
    await sandbox().press(bob, running, 'Annuler')
    const ended = contentOf(await sandbox().answer(ts, /Annulé :/))
    expect(ended).toMatch(/GitHub arrête/)
    expect(dispatched().at(-1)?.cancelledAt).not.toBeNull()
    Object.assign(checkout()?.workflows[0] ?? {}, { seconds: 40 })
  })

  it('tells a workflow that failed, and offers to run it again', async () => {
    Object.assign(checkout()?.workflows[0] ?? {}, { ends: 'failure' })
    const answer = await ask(bob, '@NOX déploie checkout v2.3.1 en development', /Échec :\*.*checkout/)
    expect(answer).toMatch(/❌ échoué/)
    expect(answer).toContain('Relancer')
    Object.assign(checkout()?.workflows[0] ?? {}, { ends: 'success' })
  })

  const tellPath = (run: string) => `/runs/${run}/`
  const wasSent = (run: string) => sent('POST').some(({ request }) => request.path.includes(tellPath(run)))
  const failedDeploy = async (user: string, version: string, environment: string) => {
    Object.assign(checkout()?.workflows[0] ?? {}, { ends: 'failure' })
    const before = dispatched().length
    const order = `@NOX déploie checkout ${version} en ${environment}`
    const { ts } = sandbox().say(user, order)
    const first = await sandbox().answer(ts, /Échec :\*|À confirmer/)
    if (/À confirmer/.test(contentOf(first))) {
      await sandbox().press(user, first, 'Déployer en production')
      await sandbox().answer(ts, /Échec :\*/)
    }
    Object.assign(checkout()?.workflows[0] ?? {}, { ends: 'success' })
    expect(dispatched()).toHaveLength(before + 1)
    const run = String(dispatched().at(-1)?.id)
    const { storage } = sandbox().nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    const recorded = async () =>
      (await storage.audit.list(tenantId, { command: 'deploy', limit: 20 })).map(({ details }) => details.run)
    await expect.poll(recorded).toContain(run)
    return run
  }

  const timesSent = (run: string) => sent('POST').filter(({ request }) => request.path.includes(tellPath(run))).length
  const tenant = async () => (await sandbox().nox.storage.installations.tenantOf(societeX)) ?? ''
  /** How production is opened to developers from now on: by an approval that they get at once, or have to ask for. */
  const openProduction = async (grants: Zone['grants']) => {
    const { storage, services } = sandbox().nox
    const zone = (await storage.zones.list(await tenant())).find(({ name }) => name === 'production')
    if (!zone) throw new Error('no zone')
    await storage.zones.save({ ...zone, grants })
    services.knowledge.drop(await tenant())
    return zone.grants
  }
  const recorded = async (run: string) =>
    (await sandbox().nox.storage.audit.list(await tenant(), { command: 'runs.rerun', limit: 6 }))
      .filter(({ details, result }) => result !== 'done' || details.run === run)
      .map(({ result, environment, resource, actor }) => [result, environment, resource, actor])

  it('asks of a rerun what the deployment asks, and runs it once it is approved', async () => {
    const run = await failedDeploy(carol, 'v2.3.0', 'production')
    const { ts } = sandbox().say(bob, `@NOX relance le build ${run} de checkout`)
    const refused = await sandbox().answer(ts, /⛔ \*Refusé :\*/)
    expect(contentOf(refused)).toMatch(/déploie `checkout` en production/)
    expect(contentOf(refused)).toMatch(/seniors/)
    await sandbox().press(bob, refused, 'Demander une validation')
    // Pressed again by who is not sure that it was heard: one request is enough, and the build runs once.
    await sandbox().press(bob, refused, 'Demander une validation')
    const asked = await sandbox().answer(ts, /Validation demandée/)
    expect(contentOf(asked)).toContain(
      `relancer le build \`${run}\`, qui déploie \`checkout\` \`v2.3.0\` en production`,
    )
    await sandbox().known(ts)
    await sandbox().press(bob, asked, 'Approuver')
    expect(timesSent(run)).toBe(0)
    // Two at the same moment start it once.
    const copy = structuredClone(asked)
    await Promise.allSettled([carol, carol].map((by) => sandbox().press(by, copy, 'Approuver')))
    await sandbox().answer(ts, /Build relancé/)
    expect(timesSent(run)).toBe(1)
    expect(
      sandbox()
        .thread(ts)
        .filter((each) => /Validation demandée/.test(contentOf(each))),
    ).toEqual([])
    await expect
      // The first refusal may be written after the request that followed it.
      .poll(async () => (await recorded(run)).filter(([, environment]) => environment !== null).slice(0, 4))
      .toEqual([
        ['done', 'production', 'checkout', bob],
        ['approved', 'production', 'checkout', carol],
        // Who asked may not approve.
        ['refused', 'production', 'checkout', bob],
        ['requested', 'production', 'checkout', bob],
      ])
  })

  it('asks for the approval at once where the zone wants one, and runs nothing that was denied', async () => {
    const run = await failedDeploy(carol, 'v2.2.4', 'production')
    const before = await openProduction([
      { group: '*', requirement: { kind: 'approval', group: 'seniors', approvers: 1 } },
    ])
    const { ts } = sandbox().say(bob, `@NOX rerun build ${run} of checkout`)
    const asked = await sandbox().answer(ts, /Approval requested|Refused|Build rerun/)
    expect(contentOf(asked)).toContain(
      `Approval requested:* rerun build \`${run}\`, which deploys \`checkout\` \`v2.2.4\` to production`,
    )
    expect(timesSent(run)).toBe(0)
    await sandbox().press(carol, asked, 'Deny')
    const dialog = await sandbox().slack.waitForView(carol)
    await sandbox().slack.submitView(societeX, carol, dialog.id, { text: { text: { value: 'Not today' } } })
    await sandbox().answer(ts, /Not today/)
    expect(timesSent(run)).toBe(0)
    await openProduction(before)
  })

  it('takes an approval of a rerun for the run as it stood: nothing runs twice', async () => {
    const run = await failedDeploy(carol, 'v2.3.1', 'production')
    const { ts } = sandbox().say(bob, `@NOX relance le build ${run} de checkout`)
    await sandbox().press(bob, await sandbox().answer(ts, /⛔ \*Refusé :\*/), 'Demander une validation')
    const asked = await sandbox().answer(ts, /Validation demandée/)
    await ask(carol, `@NOX relance le build ${run} de checkout`, /Build relancé/)
    await sandbox().press(carol, asked, 'Approuver')
    await sandbox().answer(ts, /relancé depuis la demande/)
    expect(timesSent(run)).toBe(1)
  })

  it('refuses a rerun whose deployment GitHub does not let it place in time', async () => {
    const run = await failedDeploy(carol, 'v2.3.0', 'production')
    github().faults.push({ kind: 'status', status: 503 })
    const { ts } = sandbox().say(bob, `@NOX relance le build ${run} de checkout`)
    const text = contentOf(await sandbox().answer(ts, /Refusé|Échec|Validation demandée|Build relancé/))
    github().faults.splice(0)
    expect(text).toMatch(/Échec|Refusé/)
    expect(timesSent(run)).toBe(0)
  })

  it('runs a deployment again where the same person could order it', async () => {
    const run = await failedDeploy(bob, 'v2.3.0', 'staging')
    await ask(bob, `@NOX relance le build ${run} de checkout`, /Build relancé/)
    expect(wasSent(run)).toBe(true)
  })

  const callingRun = (title: string, calls: readonly string[] | null) => {
    const known = dispatched().at(-1)
    if (!known) throw new Error('nothing was dispatched')
    const at = sandbox().nox.services.now() - 60_000
    const id = known.id + 80_000 + (checkout()?.runs.length ?? 0)
    const attempts = known.attempts.slice(0, 1).map((each) => ({ ...each, startedAt: at }))
    checkout()?.runs.push({ ...known, id, title, workflow: 'CI', event: 'push', createdAt: at, attempts, calls })
    return String(id)
  }

  it.each([
    ['of the same repository', ['societe-x/checkout/.github/workflows/deploy.yml@main']],
    ['in other letters, without a ref', ['Societe-X/Checkout/.github/workflows/deploy.yml']],
    [
      'through another',
      ['acme/shared/.github/workflows/x.yml@v1', 'societe-x/checkout/.github/workflows/deploy.yml@a'],
    ],
    ['in a way that cannot be read', ['somewhere else']],
    ['where an older server does not tell', null],
  ])('asks of a run that calls a deployment what the deployment asks: %s', async (title, calls) => {
    const run = callingRun(title, calls)
    const refused = await ask(bob, `@NOX relance le build ${run} de checkout`, /⛔ \*Refusé :\*|Build relancé/)
    expect(refused).toMatch(/est un déploiement/)
    expect(wasSent(run)).toBe(false)
    await ask(carol, `@NOX relance le build ${run} de checkout`, /Build relancé/)
    expect(wasSent(run)).toBe(true)
  })

  it.each([
    ['calls nothing', []],
    ['calls the like of another repository', ['societe-x/web/.github/workflows/deploy.yml@main']],
    ['calls another of its own', ['societe-x/checkout/.github/workflows/lint.yml@main']],
  ])('lets builds be run again that deploy nothing: one that %s', async (title, calls) => {
    const run = callingRun(title, calls)
    await ask(bob, `@NOX relance le build ${run} de checkout`, /Build relancé/)
    expect(wasSent(run)).toBe(true)
  })

  it('lets nobody run a deployment again that it cannot place, unless all of it is open to them', async () => {
    const known = dispatched().at(-1)
    if (!known) throw new Error('nothing was dispatched')
    const at = sandbox().nox.services.now() - 60_000
    const id = known.id + 70_000
    const attempts = known.attempts.slice(0, 1).map((each) => ({ ...each, startedAt: at }))
    checkout()?.runs.push({ ...known, id, title: 'Deploy by hand', createdAt: at, attempts })
    const refused = await ask(bob, `@NOX relance le build ${id} de checkout`, /⛔ \*Refusé :\*/)
    expect(refused).toMatch(/où/)
    expect(wasSent(String(id))).toBe(false)
    await ask(carol, `@NOX relance le build ${id} de checkout`, /Build relancé/)
    expect(wasSent(String(id))).toBe(true)
  })
})
