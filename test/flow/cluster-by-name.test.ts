import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentOf, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

describe('a freelance who says which client is meant', () => {
  let sandbox: TestSandbox

  beforeAll(async () => {
    sandbox = await startTestSandbox(undefined, 20)
  })
  afterAll(() => sandbox.stop())

  const ask = async (text: string, fits: RegExp) => {
    const { ts } = sandbox.say('U0LEA', `@NOX ${text}`, { team: 'T0FREELEA', channel: 'C0CLIENTS' })
    return contentOf(await sandbox.answer(ts, fits))
  }

  it.each([
    ['redémarre site-y sur client-y', /^Redémarré : site-y en production/],
    ['restart site-y on client-y', /^Restarted: site-y/],
    ['status site-y sur Client-Y', /^OK : site-y en production/],
    ['déploie api-z v2.4.0 sur client-z', /^Déployé : api-z en production/],
    ['logs de api-z sur client-z', /api-z en production/],
  ])('reads the name of a cluster without the word: %s', async (text, fits) => {
    expect(await ask(text, fits)).toMatch(fits)
  })

  it.each([
    ['redémarre site-y sur client-z', /site-y ne tourne pas sur client-z/],
    ['status site-y sur client-z', /site-y ne tourne pas sur client-z/],
    ['status site-y sur le cluster client-z', /site-y ne tourne pas sur client-z/],
    ['pods site-y sur client-z', /site-y ne tourne pas sur client-z/],
    ['events site-y sur client-z', /site-y ne tourne pas sur client-z/],
  ])('says that a service does not run there: %s', async (text, fits) => {
    expect(await ask(text, /ne tourne pas|ne correspond/)).toMatch(fits)
  })

  it('still asks about a word that is no cluster', async () => {
    expect(await ask('redémarre site-y sur client-q', /client-q/)).toMatch(/ne correspond à rien/)
  })
})
