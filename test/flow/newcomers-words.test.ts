import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { bob, carol } = people

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
})
