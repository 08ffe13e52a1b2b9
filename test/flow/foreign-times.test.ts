import { expect, it } from 'vitest'
import type { HttpDouble } from '../../src/sandbox/http-double.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people } from '../helpers/sandbox.ts'

const { carol } = people
const settled = /^(?!.*…\s*$)[\s\S]+/

/** Vendors' own words for moments, and what a broken or ill-meaning one may say in their place. */
const moments = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g
const numbers = /\b1[78]\d{8}(?:\d{3})?\b/g
const absurd: readonly [string, (body: string) => string][] = [
  ['no moment at all', (body) => body.replace(moments, 'yesterday').replace(numbers, '-1e300')],
  [
    'nanoseconds, and years of five digits',
    (body) => body.replace(moments, '+275760-09-13T00:00:00.001Z').replace(numbers, '1764288000000000000'),
  ],
]

eachSandbox('moments of vendors', (sandbox) => {
  const vendors = (): readonly HttpDouble[] => {
    const { github, jira, notion, confluence, grafana } = sandbox()
    return [github, jira, notion, confluence, grafana]
  }
  const ask = async (text: string) => {
    const { ts } = sandbox().say(carol, `@NOX ${text}`)
    const answer = await sandbox()
      .answer(ts, settled, 8_000)
      .catch(() => null)
    return answer ? contentOf(answer) : 'no answer'
  }

  it.each(
    [
      'prs de web',
      'builds de web',
      'releases de web',
      'tickets',
      'alertes',
      'règles d’alerte',
      'cpu de web en staging',
      'cherche runbook',
    ].flatMap((text) => absurd.map(([what, change]) => [text, what, change] as const)),
  )('are told, or left out: %s, %s', async (text, _, change) => {
    const before = vendors().map(({ exchanges }) => exchanges.length)
    expect(await ask(text)).not.toBe('no answer')
    for (const [index, { exchanges, faults }] of vendors().entries()) {
      for (const { request, answer } of exchanges.slice(before[index])) {
        const path = new RegExp(`^${request.path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
        faults.push({ kind: 'status', status: answer.status, body: change(JSON.stringify(answer.body ?? {})), path })
      }
    }
    const answer = await ask(text)
    for (const { faults } of vendors()) faults.splice(0)
    expect(answer).not.toMatch(/no answer|Invalid|NaN|undefined/)
  })
})
