import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { usage, usages } from '../../src/cli/usage.ts'

const nox = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli.ts', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('nox --help', () => {
  it.each([['--help'], ['-h'], ['help']])('lists the commands: %s', (asked) => {
    expect(nox(asked)).toEqual({ status: 0, stdout: usage, stderr: '' })
  })

  it('explains each command that it lists, and no other', () => {
    const listed = [...usage.matchAll(/^ {2}nox ([a-z]+)/gm)].map((match) => match[1])
    expect([...new Set(listed)].sort()).toEqual(Object.keys(usages).sort())
  })

  it.each(Object.keys(usages))('explains a command, and does not run it: nox %s --help', (command) => {
    expect(nox(command, '--help')).toEqual({ status: 0, stdout: usages[command], stderr: '' })
    expect(nox('help', command).stdout).toBe(usages[command])
  })

  it('fails where there is no command, or none of that name', () => {
    expect(nox()).toEqual({ status: 2, stdout: usage, stderr: '' })
    expect(nox('bogus', '--help')).toMatchObject({ status: 2, stdout: '' })
    expect(nox('bogus').stderr).toContain('bogus is no command')
  })

  it('keeps its lines short enough for a terminal', () => {
    const lines = [usage, ...Object.values(usages)].flatMap((text) => text.split('\n'))
    expect(lines.filter((line) => line.length > 120)).toEqual([])
  })
})
