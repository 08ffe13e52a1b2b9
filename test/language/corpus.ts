import type { Arguments } from '../../src/domain/command-spec.ts'

/** A sentence and what `nox parse --json` must print for it, at least. */
export interface Sample {
  readonly text: string
  readonly json: {
    readonly command: string | null
    readonly args?: Arguments
    readonly missing?: readonly string[]
    readonly language?: string
  }
}

export const corpus: readonly Sample[] = [
  {
    text: '@NOX déploie branche feature/auth en staging',
    json: {
      command: 'deploy',
      args: { branch: 'feature/auth', environment: 'staging' },
      missing: ['service'],
      language: 'fr',
    },
  },
  { text: 'could you restart billing?', json: { command: 'restart', args: { service: 'billing' }, missing: [] } },
  { text: 'ne déploie pas en prod', json: { command: null } },
]
