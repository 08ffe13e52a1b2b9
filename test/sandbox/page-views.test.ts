import { expect, it } from 'vitest'
import type { SandboxMessage } from '../../src/sandbox/client-api.ts'
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

it('keeps what the stream told while a slower answer was on its way', async () => {
  const message = (text: string) => ({ channel: 'C1', ts: '1.1', text }) as unknown as SandboxMessage
  const store = new Store({ messages: {}, views: [], requests: [] } as unknown as Model)
  const answer = Promise.withResolvers<readonly SandboxMessage[]>()
  const read = store.read(answer.promise, ['message_changed'], (messages) => store.putMessages(messages))
  store.apply({ type: 'message_changed', message: message('in progress') })
  store.apply({ type: 'view_opened', view: view(2, 'opened meanwhile') })
  // Closed by the person, of which no stream tells.
  store.set({ views: [] })
  answer.resolve([message('started')])
  await read
  expect(store.model.messages.C1?.['1.1']?.text).toBe('in progress')
  expect(store.model.views).toEqual([])
  await store.read(Promise.resolve([message('later')]), ['message_changed'], (messages) => store.putMessages(messages))
  expect(store.model.messages.C1?.['1.1']?.text).toBe('later')
})
