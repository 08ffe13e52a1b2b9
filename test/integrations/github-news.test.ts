import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channelsFor, githubNews, ruleRows, rulesOf } from '../../src/integrations/github/news-rules.ts'

/** How many rules are read of a text. */
const read = (text: string) => ruleRows.read(text).length

describe('rules for news', () => {
  it.each([
    'C0123ABC = failed builds',
    'https://x.slack.com/archives/C0123ABC = Builds échoués, releases; acme/web, acme/*; main release/*',
    'C0123ABC = builds-failed;;main',
    'C0123ABC = releases; *; *',
    'C0123ABC = releases; acme/; release/',
    '',
  ])('takes %j', (line) => {
    expect(read(line)).toBe(line === '' ? 0 : 1)
    // As rows of the form, and stored again, it tells the same.
    expect(rulesOf({ moreNews: ruleRows.write(ruleRows.read(line)) })).toEqual(rulesOf({ moreNews: line }))
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
  ])('tells nothing by what is no rule: %j', (line) => {
    expect(read(`C0123ABC = releases\n\n${line}`)).toBe(1)
  })

  it.each([
    [{ news: 'releases' }, 'channel'],
    [{ channel: 'general', news: 'releases' }, 'channel'],
    [{ channel: 'C0123ABC' }, 'news'],
    [{ channel: 'C0123ABC', news: 'releases', newsOf: 'web' }, 'newsOf'],
    [{ channel: 'C0123ABC', news: 'releases', newsOf: 'acme/web; acme/api' }, 'newsOf'],
    [{ channel: 'C0123ABC', news: 'releases', newsBranches: 'a*b' }, 'newsBranches'],
    [{ channel: 'C0123ABC', news: 'releases', newsBranches: 'main; more' }, 'newsBranches'],
  ])('names the field of a row that is wrong: %j', (row, field) => {
    expect(Object.keys(ruleRows.check(row) ?? {})).toEqual([field])
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
        expect(read(text)).toBe(rules.length)
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
