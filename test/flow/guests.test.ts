import { beforeAll, expect, it, vi } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { plainSpaces } from '../helpers/home.ts'
import { contentOf } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const freelance = 'T0FREELEA'
const [lea, yann] = ['U0LEA', 'U0YANN']
/** Whatever belongs to the other client. */
const others = /site-y|api-y|client-y/i

/** A client of a freelance sees their own project, and learns of no other client's. */
eachSandbox('a guest of a freelance', (sandbox) => {
  const { memberOf, storage, lastRecord } = tenantIn(sandbox, freelance)
  const open = async (projects: readonly string[]) => {
    // The freelance's plan has places for guests once its payment has come.
    const member = await vi.waitFor(async () => {
      const { pausedAt, ...rest } = await memberOf(yann)
      expect(pausedAt).toBeUndefined()
      return rest
    }, 20_000)
    await storage().members.update({ ...member, projects })
    sandbox().nox.services.knowledge.drop((await memberOf(yann)).tenantId)
  }
  const ask = async (text: string, fits: RegExp, user: string = yann) => {
    const { ts } = sandbox().say(user, text, { channel: '#clients', team: freelance })
    return plainSpaces(contentOf(await sandbox().answer(ts, fits)))
  }
  beforeAll(() => open(['site-z', 'api-z']))

  it('is offered their own services alone, where others are asked among all', async () => {
    expect(await ask('@NOX logs', /Quel service/, lea)).toMatch(/api-y.*site-z/)
    for (const order of ['@NOX logs', '@NOX status', '@NOX pods', '@NOX status du cluster']) {
      const asked = await ask(order, /Quel service/)
      expect(asked, order).toMatch(/"api-z".*"site-z"/)
      expect(asked, order).not.toMatch(others)
    }
    expect(await ask('@NOX logs site-zz', /inconnu ici/)).not.toMatch(others)
    expect(await ask('@NOX status site-z', /✅/)).toContain('site-z')
  })

  it('is told at once what is closed, and of what they named alone', async () => {
    const told = await ask('@NOX déploie', /Refusé/)
    expect(told).toMatch(/⛔ \*Refusé :\* déployer.*pas de modifier/)
    expect(told).not.toMatch(others)
    const record = { actor: yann, result: 'refused', resource: null }
    await vi.waitFor(async () => expect(await lastRecord('deploy')).toMatchObject(record))
    expect(await ask('@NOX logs site-y', /Refusé/)).toMatch(
      /site-y.* n’est pas dans les projets.*l’ouvrir : Léa Moreau/,
    )
    expect(await ask('@NOX status de tous les clusters', /Refusé/)).toMatch(
      /ses projets : site-z, api-z\. Nommez-en un/,
    )
  })

  it('sees the cluster that is among their projects, and no other', async () => {
    await open(['client-z'])
    const seen = await ask('@NOX status du cluster', /client-z/)
    expect(seen).toContain('Tout va bien')
    expect(await ask('@NOX status de tous les clusters', /client-z/)).not.toMatch(others)
  })

  it('with no project yet learns no name at all', async () => {
    await open([])
    expect(await ask('@NOX mes droits', /invité/)).toContain('Aucun projet n’est encore ouvert à cet accès invité.')
    for (const order of ['@NOX status', '@NOX logs', '@NOX pods', '@NOX status de tous les clusters']) {
      const refused = await ask(order, /Refusé/)
      expect(refused, order).toContain('Aucun projet n’est encore ouvert à cet accès invité.')
      expect(refused, order).not.toMatch(/site-|api-|client-/)
    }
    await vi.waitFor(async () =>
      expect(await lastRecord('status')).toMatchObject({ resource: null, result: 'refused' }),
    )
  })

  it('is told their own use, not what the freelance has used', async () => {
    expect(await ask('@NOX usage', /actions? sur/)).not.toContain('Freelance Léa')
    expect(await ask('@NOX usage', /actions? sur/, lea)).toContain('Freelance Léa')
  })
})
