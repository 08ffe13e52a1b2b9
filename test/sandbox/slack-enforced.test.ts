import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rulesOfSlack } from '../helpers/rules-of-slack.ts'

const root = resolve(import.meta.dirname, '../..')
const source = join(root, 'src/sandbox/slack')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const code = files.map((name) => readFileSync(join(source, name), 'utf8')).join('\n')
const page = readFileSync(join(root, 'docs/slack-double.md'), 'utf8')
const limits = [...page.matchAll(/^\| [^`].* \| ([\w-]+): (.+) \|$/gm)].map(([, file = '', title = '']) => ({
  file,
  title,
}))
const test = (file: string) => readFileSync(join(root, `test/sandbox/${file}.test.ts`), 'utf8')

/** Where the source names a code that it answers, and what each of these forms looks like there. */
const forms = [
  /(?:SlackError|withMessages)\(\s*'([a-z_]+)'/g,
  /\berror: '([a-z_]+)'/g,
  /\bcode: '([a-z]+_[a-z_]+)'/g,
  /\breturn '([a-z]+_[a-z_]+)'/g,
  /\? '([a-z]+_[a-z_]+)' :/g,
  /\brevoked = '([a-z_]+)'/g,
  /\bownMessage\(.*, '([a-z_]+)'\)/g,
  /\bthrow new SlackError\(`(invalid_ts)_\$\{edge\}`\)/g,
]
/** What looks like a code and is none that the double answers. */
const none = new Set(['access_denied', 'authorization_code', 'invalid_ts', 'selected_option', 'team_access_granted'])
const thrown = new Set(forms.flatMap((form) => [...code.matchAll(form)].map(([, name = '']) => name)))
const answered = [...thrown, 'invalid_ts_oldest', 'invalid_ts_latest'].filter((name) => !none.has(name)).sort()

describe('what the double enforces', () => {
  it('is told code by code', () => {
    expect(rulesOfSlack.map(({ code: name }) => name).sort()).toEqual(answered)
  })

  it('has no code that this reading of the source misses', () => {
    const computed = [...code.matchAll(/new SlackError\(([^'"\s][\w.[\]]*)/g)].map(([, value]) => value)
    expect(new Set(computed)).toEqual(
      new Set(['code', 'token.revoked', 'grant', 'refusal', 'first.error', '`invalid_ts_']),
    )
  })

  it.each([...new Set(rulesOfSlack.map(({ file }) => file))])('%s holds itself to its rows', (file) => {
    expect(test(file)).toContain('\nshowsRulesOfSlack(import.meta.filename)\n')
  })

  it('names a case for each limit and time', () => {
    expect(limits.length).toBeGreaterThan(15)
    for (const { file, title } of limits) expect(test(file).includes(title), `${file}: ${title}`).toBe(true)
  })
})
