import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channelsFor, githubNews, ruleProblem, rulesOf } from '../../src/integrations/github/news-rules.ts'
import { plainPhrase } from '../../src/texts/render.ts'

const why = (text: string) => {
  const found = ruleProblem(text)
  return found && plainPhrase(found, 'en')
}

describe('rules for news', () => {
  it.each([
    'C0123ABC = failed builds',
    'https://x.slack.com/archives/C0123ABC = Builds échoués, releases; acme/web, acme/*; main release/*',
    'C0123ABC = builds-failed;;main',
    'C0123ABC = releases; *; *',
    'C0123ABC = releases; acme/; release/',
    '',
  ])('takes %j', (line) => {
    expect(why(line)).toBeNull()
  })

  it.each([
    '#general = releases',
    'C0123ABC',
    'C0123ABC = ',
    'C0123ABC = everything',
    'C0123ABC = releases; web',
    'C0123ABC = releases; acme/*/x',
    'C0123ABC = releases; */*',
    'C0123ABC = releases; acme/web; a*b',
    'C0123ABC = releases; acme/web; main; more',
    '<!channel> = releases',
  ])('names the line that it does not take: %j', (line) => {
    expect(why(`C0123ABC = releases\n\n${line}`)).toMatch(/^Line\s2\s/)
  })

  it('takes twenty lines, and says so of more', () => {
    const line = 'C0123ABC = releases'
    expect(why(Array(20).fill(line).join('\n'))).toBeNull()
    expect(why(Array(21).fill(line).join('\n'))).toMatch(/At most\s20/)
  })

  it('never tells a channel of what its rules do not name, and each once', () => {
    const channel = fc.constantFrom('C0AAAAA', 'C0BBBBB', 'C0CCCCC')
    const repository = fc.constantFrom('acme/web', 'acme/api', 'acmee/web')
    const branch = fc.constantFrom('main', 'release/1', 'releases')
    const pattern = (of: fc.Arbitrary<string>) => fc.array(of, { maxLength: 2 })
    const rule = fc.record({
      channel,
      news: fc.subarray([...githubNews], { minLength: 1 }),
      repositories: pattern(fc.constantFrom('acme/web', 'acme/*', 'acme/', 'ACME/api')),
      branches: pattern(fc.constantFrom('main', 'release/*', 'release/')),
    })
    const happening = fc.record({ news: fc.constantFrom(...githubNews), repository, branch })
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), happening, (rules, happened) => {
        const text = rules
          .map((each) => `${each.channel} = ${each.news}; ${each.repositories}; ${each.branches}`)
          .join('\n')
        expect(ruleProblem(text)).toBeNull()
        const covers = (patterns: readonly string[], of: string) =>
          patterns.length === 0 ||
          patterns.some((each) => new RegExp(`^${each.replace(/[*]$|(?<=[/])$/, '.*')}$`, 'i').test(of))
        const meant = rules.filter(
          (each) =>
            each.news.includes(happened.news) &&
            covers(each.repositories, happened.repository) &&
            covers(each.branches, happened.branch),
        )
        const told = channelsFor(rulesOf({ moreNews: text }), happened)
        expect([...told].sort()).toEqual([...new Set(meant.map((each) => each.channel))].sort())
      }),
    )
  })
})
