import { describe, expect, it } from 'vitest'
import type { Channel, User } from '../../src/sandbox/slack/model.ts'
import { encodeTypedText, richText, storeAppText } from '../../src/sandbox/slack/text.ts'

const user = (id: string, name: string, realName: string) => ({ id, name, realName }) as User
const directory = {
  users: [user('UBOT', 'nox', 'NOX'), user('U1', 'bob', 'Bob Dupont'), user('U2', 'chloe', 'Chloé')],
  userGroups: [{ id: 'S1', teamId: 'T', handle: 'seniors', name: 'Seniors', users: [] }],
  channels: [{ id: 'C1', name: 'devops', kind: 'public' } as Channel],
}

describe('what a person types', () => {
  it.each([
    ['@NOX déploie', '<@UBOT> déploie'],
    ['@nox, @Bob Dupont et @bob', '<@UBOT>, <@U1> et <@U1>'],
    ['@Chloé @chloé @chloe', '<@U2> <@U2> <@U2>'],
    ['@noxious @bobby x@nox', '@noxious @bobby x@nox'],
    ['@here @channel @seniors', '<!here> <!channel> <!subteam^S1>'],
    ['#devops #nowhere C#devops', '<#C1|devops> #nowhere C#devops'],
    ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
    ['<!channel> <@U1>', '&lt;!channel&gt; &lt;@U1&gt;'],
    ['see https://x.example/a?b=1&c=2.', 'see <https://x.example/a?b=1&amp;c=2>.'],
    ['(https://x.example)', '(<https://x.example>)'],
    ['on example.com, v2.4.0 and app.js', 'on <http://example.com|example.com>, v2.4.0 and app.js'],
    ['mail bob@societe-x.fr', 'mail <mailto:bob@societe-x.fr|bob@societe-x.fr>'],
    ['50 % de « prod »', '50 % de « prod »'],
    ['`@bob <x>` @bob', '`@bob &lt;x&gt;` <@U1>'],
    ['```\n@bob example.com\n```', '```\n@bob example.com\n```'],
  ])('%j is sent as %j', (typed, sent) => {
    expect(encodeTypedText(typed, directory)).toBe(sent)
  })

  it('is sent as rich text beside', () => {
    expect(richText('<@U1> &lt;b&gt; <https://x.example|x> <#C1|devops> <!here>').elements).toEqual([
      {
        type: 'rich_text_section',
        elements: [
          { type: 'user', user_id: 'U1' },
          { type: 'text', text: ' <b> ' },
          { type: 'link', url: 'https://x.example', text: 'x' },
          { type: 'text', text: ' ' },
          { type: 'channel', channel_id: 'C1' },
          { type: 'text', text: ' ' },
          { type: 'broadcast', range: 'here' },
        ],
      },
    ])
  })
})

describe('what a person marks', () => {
  const of = (text: string) => richText(text).elements
  it.each([
    [
      'run `user-api` now',
      [
        { type: 'text', text: 'run ' },
        { type: 'text', text: 'user-api', style: { code: true } },
        { type: 'text', text: ' now' },
      ],
    ],
    [
      '*<@U1> wait*',
      [
        { type: 'user', user_id: 'U1', style: { bold: true } },
        { type: 'text', text: ' wait', style: { bold: true } },
      ],
    ],
    [
      '_so_ ~no~',
      [
        { type: 'text', text: 'so', style: { italic: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'no', style: { strike: true } },
      ],
    ],
    ['a_b_c 2*3*4', [{ type: 'text', text: 'a_b_c 2*3*4' }]],
    ['<https://x.example/_a_>', [{ type: 'link', url: 'https://x.example/_a_' }]],
    ['`<@U1> *x*`', [{ type: 'text', text: '<@U1> *x*', style: { code: true } }]],
  ])('%j keeps its look', (text, elements) => {
    expect(of(text)).toEqual([{ type: 'rich_text_section', elements }])
  })

  it('keeps blocks of code apart', () => {
    expect(of('see\n```\na &lt; b\n```')).toEqual([
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'see\n' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a < b\n' }] },
    ])
  })
})

describe('what an app posts', () => {
  it.each([
    ['<@U1> <#C1|devops> <!here> <!date^1^{time}|x>', '<@U1> <#C1|devops> <!here> <!date^1^{time}|x>'],
    ['<https://x.example|label> <mailto:a@b.fr|a>', '<https://x.example|label> <mailto:a@b.fr|a>'],
    ['<script> 1 < 2 > 0 & &amp; &lt;', '&lt;script&gt; 1 &lt; 2 &gt; 0 &amp; &amp; &lt;'],
    ['bare https://x.example/', 'bare <https://x.example/>'],
  ])('%j is stored as %j', (text, stored) => {
    expect(storeAppText(text)).toBe(stored)
  })
})
