import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { compileCache } from './compile-cache.ts'

const cli = resolve(import.meta.dirname, '../../src/cli.ts')

export interface CliRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `nox …` as an operator does: a process of its own, in an empty folder, with this environment alone. */
export async function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliRun> {
  const cwd = mkdtempSync(join(tmpdir(), 'nox-cli-'))
  try {
    return await new Promise((done, fail) => {
      const { PATH = '' } = process.env
      const child = spawn(process.execPath, [cli, ...args], { cwd, env: { PATH, ...compileCache, ...env } })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk) => {
        stdout += chunk
      })
      child.stderr.on('data', (chunk) => {
        stderr += chunk
      })
      child.once('error', fail)
      child.once('close', (code) => done({ code, stdout, stderr }))
    })
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}
