// npm run test:fuzz: 200,000 mutated requests of Slack, webhooks and forms of settings; FUZZ_SEED repeats a run.
import { spawnSync } from 'node:child_process'

const env = { ...process.env, FUZZ_ROUNDS: process.env.FUZZ_ROUNDS ?? '200000' }
const { status } = spawnSync('vitest', ['run', '--reporter=verbose', 'test/fuzz'], { stdio: 'inherit', env })
process.exitCode = status ?? 1
