import { defineConfig } from 'vitest/config'

/** `npm run test:cluster`: against a real Kubernetes control plane, which all files share. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    globalSetup: ['test/cluster/control-plane.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', ['json', { outputFile: '.cache/cluster-report.json' }]],
  },
})
