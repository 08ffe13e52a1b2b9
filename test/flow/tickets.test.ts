import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JiraDouble, showWiki } from '../../src/sandbox/jira/index.ts'
import { jiraDataCenter } from '../helpers/data-center.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX, type TestSandbox } from '../helpers/sandbox.ts'

const { bob, carol, dora } = people

describe.each(['cloud', 'datacenter'] as const)('Jira of the edition %s', (edition) =>
  eachSandbox('tickets', (sandbox) => tickets(sandbox, edition)),
)

function tickets(sandbox: () => TestSandbox, edition: 'cloud' | 'datacenter'): void {
  let server: JiraDouble | undefined
  const jira = () => server ?? sandbox().jira
  beforeAll(async () => {
    if (edition === 'datacenter') server = await jiraDataCenter(sandbox())
  })
  afterAll(() => server?.close())
  const issue = (key: string) => jira().world.issues.find((each) => each.key === key)
  const ask = async (user: string, text: string, fits: RegExp) => {
    const { ts } = sandbox().say(user, text)
    return contentOf(await sandbox().answer(ts, fits))
  }
  const keyIn = (answer: string) => /\b(OPS-\d+) /.exec(answer)?.[1] ?? ''

  it.each([
    [
      'fr',
      '@NOX crée un ticket bug : le login casse sur Safari',
      /✅ \*Ticket créé :\*/,
      'Bug',
      'le login casse sur Safari',
    ],
    ['fr', '@NOX créer ticket incident service down', /✅ \*Ticket créé :\*/, 'Incident', 'service down'],
    [
      'en',
      '@NOX create ticket "Upgrade the ingress" priority high',
      /✅ \*Ticket created:\*/,
      'Tâche',
      'Upgrade the ingress',
    ],
  ])('makes a ticket from words, in %s: %s', async (_, text, title, type, summary) => {
    const answer = await ask(bob, text, title)
    const made = issue(keyIn(answer))
    expect(made).toMatchObject({ type, summary })
    expect(answer).toContain(`/browse/${made?.key}`)
    const [link] = [...(made?.links.values() ?? [])]
    expect(link?.url).toMatch(/archives\/C0DEVOPS\/p\d+/)
    expect(JSON.stringify(made?.description)).toContain('Bob')
    if (summary.startsWith('Upgrade')) expect(made?.priority).toBe('High')
  })

  it('makes one ticket of one order, although the answer was lost', async () => {
    const before = jira().world.issues.length
    jira().faults.push({ kind: 'reset', after: true, path: /\/issue$/, times: 1 })
    await ask(bob, '@NOX crée un ticket : une réponse perdue', /Ticket créé/)
    expect(jira().world.issues).toHaveLength(before + 1)
  })

  it('makes a ticket from a message by the shortcut, and links back to that message', async () => {
    const message = sandbox().say(carol, 'crée un ticket bug : les mails partent deux fois')
    await sandbox().slack.shortcut(societeX, bob, 'ask_nox', 'C0DEVOPS', message.ts)
    const answer = contentOf(await sandbox().answer(message.ts, /Ticket créé/))
    const [link] = [...(issue(keyIn(answer))?.links.values() ?? [])]
    expect(link?.url).toContain(`/p${message.ts.replace('.', '')}`)
  })

  it('shows a ticket, lists them, and one’s own', async () => {
    const shown = await ask(bob, '@NOX ticket OPS-118', /\*Ticket\* .*OPS-118/)
    expect(shown).toMatch(/Bob Dupont/)
    expect(shown).toContain('Fermer le ticket')
    const mine = await ask(bob, '@NOX mes tickets', /Vos tickets\* dans `OPS` : 2 ouverts/)
    expect(mine).toMatch(/OPS-118[\s\S]*OPS-112/)
    expect(mine).not.toMatch(/OPS-117/)
    await ask(bob, '@NOX tickets fermés', /Tickets\* de `OPS` : 1 fermé/)
    await ask(bob, '@NOX tickets du projet WEB', /Tickets\* de `WEB` : 1 ouvert/)
    await ask(bob, '@NOX show OPS-999', /does not know `OPS-999`/)
  })

  it('comments in the person’s name', async () => {
    await ask(bob, '@NOX commente OPS-117 : la limite passe à 512 Mi', /Commentaire ajouté/)
    const body = issue('OPS-117')?.comments[0]?.body
    const text = typeof body === 'string' ? showWiki(body) : JSON.stringify(body)
    expect(text).toMatch(/la limite passe à 512 Mi/)
    expect(text).toMatch(/— Bob[^"]* · NOX #\d+/)
  })

  it('closes a ticket by what its statuses mean, and only once', async () => {
    const answer = await ask(bob, '@NOX ferme OPS-112', /Ticket fermé/)
    expect(answer).toContain('Terminé')
    expect(issue('OPS-112')?.status).toBe('Terminé')
    await ask(bob, '@NOX close OPS-112', /closed already/)
  })

  it('asks for what is missing', async () => {
    await ask(bob, '@NOX crée un ticket', /Quel est le titre du ticket/)
    await ask(bob, '@NOX ferme le ticket', /Quel ticket/)
  })

  it('tells a Jira that is silent, and refuses a guest', async () => {
    jira().faults.push({ kind: 'status', status: 503 })
    const answer = await ask(bob, '@NOX mes tickets', /Échec/)
    jira().faults.splice(0)
    expect(answer).toMatch(/Jira ne répond pas/)
    await ask(dora, '@NOX ferme OPS-118', /Refusé/)
    expect(issue('OPS-118')?.status).toBe('En cours')
  })
}
