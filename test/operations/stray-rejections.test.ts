import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { compileCache } from '../helpers/compile-cache.ts'

const serve = resolve(import.meta.dirname, '../../src/start/serve.ts')

const run = (before: string) =>
  promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { outliveStrayRejections } from ${JSON.stringify(serve)}
       ${before}
       setTimeout(() => console.log('goes on'), 20)
       Promise.reject(new Error('left alone'))`,
    ],
    { env: { ...process.env, ...compileCache } },
  )

it('a promise that nobody waited for is told in the log, and ends nobody’s orders', async () => {
  const { stdout } = await run('outliveStrayRejections({ error: ({ err }, told) => console.log(told, err.message) })')
  expect(stdout).toBe('a promise that nobody waited for failed left alone\ngoes on\n')
  await expect(run('')).rejects.toThrow('left alone')
})
