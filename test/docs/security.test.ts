import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8')

/** The rows of the threat model: who, what they try, what holds, and the tests, `file: title`. */
const rows = page
  .split('\n')
  .filter((line) => /^\| (?!threat \|)/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))

const wanted = [
  'tenant against tenant',
  'member against admin',
  'hostile vendor',
  'hostile kubeconfig',
  'stolen database',
  'stolen token',
  'replay',
]

it('names every threat of the model, each with what holds and the tests that hold it', () => {
  expect([...new Set(rows.map(([threat]) => threat))].slice(0, wanted.length)).toEqual(wanted)
  for (const cells of rows) {
    expect(cells, cells.join(' | ')).toHaveLength(4)
    for (const cell of cells) expect(cell.length).toBeGreaterThan(3)
  }
})

const tests = rows.flatMap(([threat = '', , , cell = '']) =>
  cell.split('<br>').map((each) => {
    const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(each.trim()) ?? []
    return { threat, file, title }
  }),
)

it.each(tests)('$threat is held by $file: $title', ({ file, title }) => {
  expect(existsSync(join(root, file)), file).toBe(true)
  const source = readFileSync(join(root, file), 'utf8')
  const titles = [...source.matchAll(/\bit(?:\.each[\s\S]*?\))?\(\s*(['"`])(.+?)\1,/g)].map((match) => match[2])
  expect(titles).toContain(title)
})
