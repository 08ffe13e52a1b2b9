import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Whatever takes minutes begins first, so that nobody waits for it alone at the end; browsers not beside it. */
const longest = ['test/faults/', 'test/flow/', 'test/golden/', 'test/operations/', 'test/storage/', 'test/browser/']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((folder) => moduleId.includes(folder))
      return found < 0 ? longest.length : found
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Needs a control plane: `npm run test:cluster`.
    exclude: ['test/cluster/**'],
    globalSetup: ['test/helpers/postgres.ts'],
    // Most of what tests do is to wait, for rollouts and for servers.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Who waited in vain on a machine with other work beside it waits once more, and is reported as retried; a wrong
    // answer is never asked for twice. What a page shows is always waited for: test/browser/ is one retry whatever failed.
    retry: { count: 1, condition: /Timeout|timed out|within \d+ ms/ },
    // A second, as it is by default, is too short for a page on a machine with other work.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', ['json', { outputFile: '.cache/test-report.json' }]],
  },
})
