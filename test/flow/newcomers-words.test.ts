import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol } = people

eachSandbox('what people write who never read the manual', (sandbox) => {
  const ask = async (user: string, text: string, fits: RegExp) => {
    const { ts } = sandbox().say(user, text)
    return { ts, message: await sandbox().answer(ts, fits) }
  }

  it('takes nothing down in one word: no replicas are confirmed first, wherever it is', async () => {
    const replicas = () =>
      sandbox()
        .clusters.get(`${societeX} dev-1`)
        ?.objects('Deployment', 'staging')
        .find((each) => each.metadata.name === 'web')?.spec.replicas
    const { ts, message } = await ask(carol, '@NOX passe web à 0 en staging', /À confirmer/)
    expect(contentOf(message)).toContain('0')
    expect(replicas()).not.toBe(0)
    const label = (message.blocks as readonly { elements?: { text?: { text?: string } }[] }[])
      .flatMap(({ elements = [] }) => elements)
      .map(({ text }) => text?.text)
      .find((each) => each?.endsWith('en staging'))
    await sandbox().press(carol, message, label ?? '')
    await sandbox().answer(ts, /✅ \*Réplicas ajustés/)
    expect(replicas()).toBe(0)
  })

  it('lists critical alerts alone, and says of a name that is no service what it is', async () => {
    const { message } = await ask(bob, '@NOX les alertes critiques', /\*Alertes\* : 1/)
    expect(contentOf(message)).toMatch(/mailer/)
    await ask(bob, '@NOX alertes de zorglub', /n’est pas un service d’ici/)
  })

  it.each([
    ['@NOX can Bob deploy to prod?', /No order recognised/, /Go on without/],
    ['@NOX promote web from staging to prod', /No order recognised/, /Go on without/],
    ['@NOX stop web', /Aucun ordre reconnu/, /Continuer sans/],
    ['@NOX deploy PR 42 to staging', /No order recognised/, /Go on without/],
  ])('offers nothing that was not said: %s', async (text, fits, never) => {
    const { message } = await ask(carol, text, fits)
    expect(contentOf(message)).not.toMatch(never)
  })

  it.each([
    ['@NOX déploie web en qualif', /Le reste se comprend : déployer `web`/],
    ['@NOX déploie user api en staging', /`user api` est inconnu ici. Vouliez-vous dire `user-api`/],
    ['@NOX annule la planification', /Laquelle \? Donnez son numéro/],
    ['@NOX how do I deploy?', /does not look like an order.*help deploy/],
  ])('says what it takes: %s', async (text, fits) => {
    await ask(carol, text, fits)
  })

  it('names the service of a suspect deployment where the incident names none', async () => {
    await ask(carol, '@NOX deploy billing v2.4.0 to staging', /✅ \*Deployed/)
    await ask(carol, '@NOX declare incident sev1 payments down', /Suspect deployment:\* `billing` `v2.4.0` to staging/)
  })

  it('says how a guest is invited where no project was named', async () => {
    await ask(alice, '@NOX invite claire@client-y.fr comme invité', /Dites lequel : `invite claire@client-y.fr projet/)
  })
})
