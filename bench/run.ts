// npm run bench: how NOX compares with its peers, and what it does as it grows, in one table.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench } from './bench.ts'
import { help, parts } from './parts.ts'
import { startSlackEnd } from './slack-end.ts'
import { type Figure, figuresText } from './table.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    scale: { type: 'string', default: '1' },
    only: { type: 'string' },
    text: { type: 'string', default: 'whoami' },
    help: { type: 'boolean' },
  },
})

async function main(bench: Bench): Promise<void> {
  const chosen = parts.filter(({ name, isDefault }) => (values.only === undefined ? isDefault : name === values.only))
  if (chosen.length === 0) throw new Error(`--only knows no ${values.only}: see --help`)
  const texts: string[] = []
  const figures: Figure[] = []
  let lost = 0
  for (const { run } of chosen) {
    const result = await run(bench)
    if (result.text !== undefined) texts.push(result.text)
    figures.push(...(result.figures ?? []))
    lost += result.lost ?? 0
  }
  if (figures.length > 0) texts.push(figuresText(figures))
  if (texts.length > 0) {
    console.log(
      `\nnode ${process.version}, ${cpus().length} CPUs; medians of ${bench.rounds} rounds, scale ${bench.scale}\n`,
    )
    console.log(`${texts.join('\n')}\nlost mentions: ${lost}`)
  }
  if (lost > 0 || figures.some(({ isKept }) => !isKept)) process.exitCode = 1
}

if (values.help) process.stdout.write(help)
else {
  const folder = mkdtempSync(join(tmpdir(), 'nox-bench-'))
  const slack = await startSlackEnd()
  try {
    await main({ folder, slack, rounds: Number(values.rounds), scale: Number(values.scale), text: values.text })
  } finally {
    slack.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
