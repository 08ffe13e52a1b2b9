import { expect, it } from 'vitest'
import { NoxError } from '../../src/errors.ts'
import { listAll, listEach } from '../../src/integrations/kubernetes/apis.ts'

const pages = [
  { items: ['a', 'b'], metadata: { _continue: '2' } },
  { items: ['c'], metadata: {} },
]
const pageOf = (next: string | undefined) => pages[next === undefined ? 0 : 1] ?? { items: [] }

it('lets go of a page before it asks for the next: a large cluster is never held whole', async () => {
  const seen: string[] = []
  const kept = await listEach(
    async ({ _continue }) => {
      seen.push(`page ${_continue ?? 1}`)
      return pageOf(_continue)
    },
    (item) => {
      seen.push(item)
      return item.toUpperCase()
    },
  )
  expect(seen).toEqual(['page 1', 'a', 'b', 'page 2', 'c'])
  expect(kept).toEqual(['A', 'B', 'C'])
})

it('begins anew where the cluster forgot the list, and keeps nothing twice', async () => {
  let forgot = 0
  const all = await listAll(async ({ _continue }) => {
    if (_continue !== undefined && forgot++ === 0)
      throw new NoxError('vendor-refused', '410', { facts: { status: 410 } })
    return pageOf(_continue)
  })
  expect(all).toEqual(['a', 'b', 'c'])
})
