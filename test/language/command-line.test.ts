import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const nox = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, ['src/cli.ts', 'parse', ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
    env: { ...process.env, NOX_LANGUAGE: '' },
  })

describe('nox parse', () => {
  it('prints one line in the order of the contract', () => {
    expect(nox(['--json', '@NOX déploie branche feature/auth en staging']).stdout).toBe(
      '{"command":"deploy","args":{"environment":"staging","branch":"feature/auth"},"missing":["service"],"language":"fr","corrections":[]}\n',
    )
  })

  it('reads one JSON string a line and answers in order', () => {
    const texts = ['deplooy api to staging', 'lol', '@NOX', 'logs\nde api', '« ferme » OPS-1', 'ne déploie pas en prod']
    const { stdout, status } = nox(['--json', '--stdin'], texts.map((text) => `${JSON.stringify(text)}\n`).join(''))
    expect(status).toBe(0)
    expect(stdout.trimEnd().split('\n')).toEqual([
      '{"command":"deploy","args":{"service":"api","environment":"staging"},"missing":[],"language":"en","corrections":[{"from":"deplooy","to":"deploy"}]}',
      '{"command":null,"args":{},"missing":[],"language":"fr","corrections":[],"suggestions":[]}',
      '{"command":"help","args":{},"missing":[],"language":"fr","corrections":[]}',
      '{"command":"logs","args":{"service":"api"},"missing":[],"language":"fr","corrections":[]}',
      '{"command":null,"args":{},"missing":[],"language":"fr","corrections":[],"suggestions":[]}',
      '{"command":null,"args":{},"missing":[],"language":"fr","corrections":[],"suggestions":["deploy"]}',
    ])
  })

  it('takes the bot out by the id that it is given', () => {
    const { stdout } = nox(['--json', '--bot-user', 'U77', '--language', 'en', '<@U77> logs api'])
    expect(JSON.parse(stdout)).toMatchObject({ command: 'logs', args: { service: 'api' }, language: 'en' })
  })

  it('answers 10,000 lines in one run', () => {
    const input = Array.from({ length: 10_000 }, (_, index) => `"restart svc-${index} in prod"\n`).join('')
    const { stdout } = nox(['--json', '--stdin'], input)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).args.service),
    ).toEqual(Array.from({ length: 10_000 }, (_, index) => `svc-${index}`))
  })

  it('names a line that is no JSON string', () => {
    const { status, stderr } = nox(['--json', '--stdin'], '"status"\nstatus\n')
    expect(status).not.toBe(0)
    expect(stderr).toContain('line 2')
  })
})
