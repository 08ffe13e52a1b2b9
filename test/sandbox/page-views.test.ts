import { expect, it } from 'vitest'
import { type Model, newer, Store } from '../../src/sandbox/page/client/model.ts'

const view = (count: number, text: string) =>
  ({ id: 'V1', type: 'modal', view: { text }, hash: `1795000000.${count.toString(36).padStart(8, '0')}` }) as const

it('shows the later version of a modal, in whichever order its versions are heard of', () => {
  const [asking, link] = [view(9, 'one moment'), view(36, 'the link')]
  for (const versions of [
    [asking, link],
    [link, asking],
  ]) {
    const store = new Store({ views: [view(1, 'the form')] } as unknown as Model)
    for (const each of versions) store.apply({ type: 'view_updated', view: each })
    expect(store.model.views).toEqual([link])
  }
  expect([newer(asking, link), newer(link, asking), newer(link, link)]).toEqual([link, link, link])
})
