import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConfluenceDouble } from '../../src/sandbox/confluence/index.ts'
import { confluenceDataCenter } from '../helpers/data-center.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, type TestSandbox } from '../helpers/sandbox.ts'

const { alice, bob } = people

describe.each(['cloud', 'datacenter'] as const)('Confluence of the edition %s', (edition) =>
  eachSandbox('documentation', (sandbox) => documentation(sandbox, edition)),
)

function documentation(sandbox: () => TestSandbox, edition: 'cloud' | 'datacenter'): void {
  let server: ConfluenceDouble | undefined
  beforeAll(async () => {
    if (edition === 'datacenter') server = await confluenceDataCenter(sandbox())
  })
  afterAll(() => server?.close())
  const ask = async (text: string, fits: RegExp, user: string = bob) => {
    const { ts } = sandbox().say(user, text)
    return contentOf(await sandbox().answer(ts, fits))
  }

  it('searches every connected place, or the named one', async () => {
    const both = await ask('@NOX cherche runbook', /Documentation.*4 pages/)
    expect(both).toMatch(/Runbook : user-api ne répond plus> · Notion/)
    expect(both).toMatch(/Runbook de la facturation> · Confluence/)
    const notion = await ask('@NOX cherche runbook dans Notion', /Documentation.*3 pages/)
    expect(notion).not.toMatch(/facturation/)
    await ask('@NOX search runbook in Confluence', /Documentation\*: 1 page for/)
  })

  it.each([
    ['cherche runbook dans confluence', /\*Documentation\* : 1 page pour/],
    ['trouve runbook dans Confluence', /\*Documentation\* : 1 page pour/],
    ['trouve dans notion : runbook', /\*Documentation\* : 3 pages pour « runbook »/],
    ['find runbook in confluence', /\*Documentation\*: 1 page for “runbook”/],
    ['find on Confluence billing runbook', /\*Documentation\*: 1 page for “billing runbook”/],
    ['find runbook in Notion', /\*Documentation\*: 3 pages for “runbook”/],
  ])('looks in the named place alone: %s', async (text, fits) => {
    const answer = await ask(`@NOX ${text}`, fits)
    expect(answer).not.toMatch(/confluence/i.test(text) ? /notion/i : /confluence/i)
  })

  it('says when nothing is found, and what it cannot see', async () => {
    await ask('@NOX cherche licorne', /Aucune page pour « licorne » dans Notion, Confluence.*partagé avec lui/)
  })

  it('shows what one place found although the other is silent', async () => {
    sandbox().notion.faults.push({ kind: 'status', status: 503 })
    const answer = await ask('@NOX cherche runbook', /Documentation/)
    sandbox().notion.faults.splice(0)
    expect(answer).toMatch(/1 page/)
    expect(answer).toMatch(/Notion n’a pas répondu/)
  })

  it('writes a report, with a link that leads to it', async () => {
    const pages = () => (server ?? sandbox().confluence).world.pages
    const before = pages().length
    const answer = await ask('@NOX rapport mensuel en cours dans Confluence', /Rapport créé dans Confluence/, alice)
    expect(pages()).toHaveLength(before + 1)
    expect(pages().at(-1)?.body).toMatch(/^<h\d>|<p>/)
    const url = /https?:[^|"\\>]+/.exec(answer)?.[0] ?? ''
    expect(url).toMatch(
      edition === 'cloud' ? /\/wiki\/spaces\/OPS\/pages\/\d+/ : /\/confluence\/pages\/viewpage\.action\?pageId=\d+/,
    )
    expect(await (await fetch(url, { headers: { accept: 'text/html' } })).text()).toContain(pages().at(-1)?.title)
  })

  it('asks for the words where there are none', async () => {
    await ask('@NOX cherche', /Que faut-il chercher/)
  })
}
