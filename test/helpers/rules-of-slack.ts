import { readFileSync } from 'node:fs'
import { ServerResponse } from 'node:http'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'

const page = readFileSync(join(import.meta.dirname, '../../docs/slack-double.md'), 'utf8')

/** The codes of docs/slack-double.md, each with the file of test/sandbox that it names. */
export const rulesOfSlack = [...page.matchAll(/^\| `([a-z_]+)` \| .+ \| ([\w-]+) \|$/gm)].map(
  ([, code = '', file = '']) => ({ code, file }),
)

/**
 * Holds the page to a test file: each code that it says the file shows was answered over HTTP while the file ran, or is
 * what an act of a person at the double is expected to throw. Where only some of its tests run, nothing is held.
 * @param filename `import.meta.filename`
 */
export function showsRulesOfSlack(filename: string): void {
  const file = basename(filename, '.test.ts')
  const source = readFileSync(filename, 'utf8')
  const answered = new Set<string>()
  const { end } = ServerResponse.prototype
  beforeAll(() => {
    ServerResponse.prototype.end = function (this: ServerResponse, ...args: Parameters<typeof end>) {
      const body = typeof args[0] === 'string' || Buffer.isBuffer(args[0]) ? args[0].toString() : ''
      for (const [, json, html] of body.matchAll(/"(?:error|code)":"([a-z_]+)"|<code>([a-z_]+)<\/code>/g)) {
        answered.add(json ?? html ?? '')
      }
      return end.apply(this, args)
    } as typeof end
  })
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads fixtures from this pattern; there are none.
  afterAll(({}, suite) => {
    ServerResponse.prototype.end = end
    if (hasSkipped(suite)) return
    const named = rulesOfSlack.filter((rule) => rule.file === file).map(({ code }) => code)
    const isShown = (code: string) => answered.has(code) || source.includes(`rejects.toThrow('${code}')`)
    expect(named.filter((code) => !isShown(code))).toEqual([])
  })
}

interface Task {
  readonly mode: string
  readonly tasks?: readonly Task[]
}

const hasSkipped = ({ mode, tasks = [] }: Task): boolean => mode === 'skip' || tasks.some(hasSkipped)
