import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people } from '../helpers/sandbox.ts'

const { bob } = people

eachSandbox('documentation', (sandbox) => {
  const ask = async (text: string, fits: RegExp) => {
    const { ts } = sandbox().say(bob, text)
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

  it('asks for the words where there are none', async () => {
    await ask('@NOX cherche', /Que faut-il chercher/)
  })
})
