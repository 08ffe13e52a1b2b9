import type { GithubSeed, RepositorySeed } from './github/index.ts'

/** The token that the sandbox's GitHub knows NOX by. */
export const githubToken = 'sandbox-github-token'

/** GitHub logins of the simulated people, as an admin would have entered them. */
export const githubPeople = [
  'Alice Martin = alice-martin',
  'Bob Dupont = bob-dupont',
  'Carol Nguyen = carol-nguyen',
].join('\n')

/** The organisation whose repositories the services of Société X come from. */
export const githubOwner = 'societe-x'

const branches = ['main', 'develop', 'feature/auth', 'feature/audit-log', 'fix/login', 'release/2.4']
/** The first of them was never built: the registry has no image of it. */
const tags = ['v2.5.0', 'v2.4.3', 'v2.4.2', 'v2.4.1', 'v2.4.0', 'v2.3.1', 'v2.3.0', 'v2.2.4']

const repository = (
  name: string,
  rest: Pick<RepositorySeed, 'pulls' | 'runs' | 'workflows' | 'releases'>,
): RepositorySeed => ({
  name: `${githubOwner}/${name}`,
  branches,
  tags,
  ...rest,
})

/** What Société X keeps at GitHub: six repositories in the middle of a working day. */
export const githubSeed: GithubSeed = {
  accounts: [
    {
      token: githubToken,
      login: 'nox-societe-x',
      permissions: { contents: 'read', pull_requests: 'read', actions: 'write', deployments: 'write' },
    },
  ],
  repositories: [
    repository('user-api', {
      releases: [
        { tag: 'v2.5.0', title: 'Passkeys (beta)', author: 'bob-dupont', minutesAgo: 300, isPrerelease: true },
        { tag: 'v2.4.3', title: 'Tokens expire', author: 'carol-nguyen', minutesAgo: 2_900 },
        { tag: 'v2.4.2', title: 'v2.4.2', author: 'alice-martin', minutesAgo: 10_300 },
      ],
      pulls: [
        {
          number: 318,
          title: 'Sign in with a passkey',
          author: 'bob-dupont',
          branch: 'feature/auth',
          state: 'open',
          minutesAgo: 22,
        },
        {
          number: 315,
          title: 'Audit log of every sign-in',
          author: 'carol-nguyen',
          branch: 'feature/audit-log',
          draft: true,
          state: 'open',
          minutesAgo: 190,
        },
        {
          number: 311,
          title: 'Refresh tokens expire after 30 days',
          author: 'bob-dupont',
          branch: 'fix/login',
          state: 'merged',
          minutesAgo: 1_500,
        },
        {
          number: 309,
          title: 'Try another session store',
          author: 'alice-martin',
          branch: 'develop',
          state: 'closed',
          minutesAgo: 4_400,
        },
      ],
      runs: [
        {
          workflow: 'CI',
          branch: 'feature/auth',
          title: 'Sign in with a passkey',
          event: 'pull_request',
          by: 'bob-dupont',
          minutesAgo: 21,
          ends: 'failure',
          seconds: 204,
        },
        {
          workflow: 'CI',
          branch: 'main',
          title: 'Refresh tokens expire after 30 days',
          by: 'bob-dupont',
          minutesAgo: 64,
          ends: 'success',
          seconds: 241,
        },
        {
          workflow: 'CI',
          branch: 'fix/login',
          title: 'Refresh tokens expire after 30 days',
          event: 'pull_request',
          by: 'bob-dupont',
          minutesAgo: 130,
          ends: 'success',
          seconds: 238,
        },
        {
          workflow: 'Nightly',
          branch: 'main',
          title: 'Nightly',
          event: 'schedule',
          by: 'carol-nguyen',
          minutesAgo: 540,
          ends: 'success',
          seconds: 1_320,
        },
      ],
    }),
    repository('billing', {
      releases: [{ tag: 'v2.4.0', title: 'Credit notes', author: 'carol-nguyen', minutesAgo: 4_400 }],
      pulls: [
        {
          number: 142,
          title: 'Invoices in two languages',
          author: 'bob-dupont',
          branch: 'feature/auth',
          state: 'open',
          minutesAgo: 95,
        },
      ],
      runs: [
        {
          workflow: 'CI',
          branch: 'main',
          title: 'Round VAT once, at the end',
          by: 'carol-nguyen',
          minutesAgo: 0,
          ends: 'success',
          seconds: 86_400,
        },
        {
          workflow: 'CI',
          branch: 'feature/auth',
          title: 'Invoices in two languages',
          event: 'pull_request',
          by: 'bob-dupont',
          minutesAgo: 94,
          ends: 'success',
          seconds: 173,
        },
      ],
    }),
    repository('web', {
      pulls: [
        {
          number: 871,
          title: 'Menus that a keyboard can open',
          author: 'carol-nguyen',
          branch: 'fix/login',
          state: 'open',
          minutesAgo: 41,
        },
        {
          number: 866,
          title: 'Bump the design tokens',
          author: 'alice-martin',
          branch: 'develop',
          state: 'open',
          minutesAgo: 320,
        },
      ],
      runs: [
        {
          workflow: 'CI',
          branch: 'main',
          title: 'Lazy images on the front page',
          by: 'alice-martin',
          minutesAgo: 33,
          ends: 'success',
          seconds: 310,
        },
      ],
    }),
    repository('checkout', {
      pulls: [],
      workflows: [
        {
          file: 'deploy.yml',
          name: 'Deploy',
          inputs: { environment: true, version: true, nox_action: false },
          seconds: 40,
        },
      ],
      runs: [
        {
          workflow: 'CI',
          branch: 'main',
          title: 'Idempotent payments',
          by: 'carol-nguyen',
          minutesAgo: 75,
          ends: 'success',
          seconds: 188,
        },
      ],
    }),
    repository('search', {
      pulls: [
        {
          number: 57,
          title: 'Do not crash on an empty index',
          author: 'bob-dupont',
          branch: 'fix/login',
          state: 'open',
          minutesAgo: 12,
        },
      ],
      runs: [
        {
          workflow: 'CI',
          branch: 'fix/login',
          title: 'Do not crash on an empty index',
          event: 'pull_request',
          by: 'bob-dupont',
          minutesAgo: 11,
          ends: 'success',
          seconds: 140,
        },
      ],
    }),
    repository('mailer', {
      pulls: [],
      runs: [
        {
          workflow: 'CI',
          branch: 'main',
          title: 'Smaller attachments',
          by: 'alice-martin',
          minutesAgo: 400,
          ends: 'failure',
          seconds: 98,
        },
      ],
    }),
  ],
}
