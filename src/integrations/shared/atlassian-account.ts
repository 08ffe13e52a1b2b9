import type { SettingSpec, SettingValues } from '../../capabilities/connectors.ts'

/** What an admin enters to reach a product of Atlassian's, in the cloud or in a data center of one's own. */
export const accountSettings = (product: 'jira' | 'confluence'): readonly SettingSpec[] => [
  {
    name: 'edition',
    kind: 'choice',
    label: 'jira.edition',
    options: [
      { value: 'cloud', label: `${product}.edition.cloud` },
      { value: 'datacenter', label: `${product}.edition.datacenter` },
    ],
  },
  { name: 'url', kind: 'url', label: 'jira.url', hint: 'jira.url.hint' },
  { name: 'email', kind: 'text', label: 'jira.email', hint: `${product}.email.hint`, optional: true },
  { name: 'token', kind: 'secret', label: 'jira.token', hint: 'jira.token.hint' },
]

/** Is it the cloud without the e-mail address of the token's account? */
export const lacksAccount = ({ edition, email = '' }: SettingValues): boolean =>
  edition === 'cloud' && !/^[^\s:@]+@[^\s:@]+$/.test(email)

/** The Authorization header: an account with its token in the cloud, a personal access token in a data center. */
export const authorizationOf = ({ edition, email }: SettingValues, { token = '' }: SettingValues): string =>
  edition === 'cloud' ? `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}` : `Bearer ${token}`
