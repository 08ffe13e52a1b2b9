import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { allWords } from '../commands/words/index.ts'
import { readLanguage } from '../config.ts'
import type { Language, ParseResult } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { createParser, toContractJson } from '../language/index.ts'

interface ParseOptions {
  readonly json: boolean
  readonly stdin: boolean
  readonly botUserId: string | undefined
  readonly language: string | undefined
}

/** The language where the words do not tell: the flag's, else this installation's. */
function languageOf(flag: string | undefined): Language {
  if (flag === undefined) return readLanguage()
  if (flag === 'fr' || flag === 'en') return flag
  throw new NoxError('bad-input', `--language ${flag}: fr or en`)
}

/** `nox parse`: what NOX understands, for people or as JSON. */
export async function runParse(text: string, options: ParseOptions): Promise<number> {
  const parser = createParser(allWords)
  const language = languageOf(options.language)
  const parse = (words: string) =>
    parser.parse(words, {
      botUserId: options.botUserId ?? 'U0NOX',
      defaultLanguage: language,
    })
  if (!options.stdin) {
    if (text.trim() === '') throw new NoxError('bad-input', 'nox parse needs a text, or --stdin')
    const result = parse(text)
    process.stdout.write(`${options.json ? JSON.stringify(toContractJson(result)) : inWords(result)}\n`)
    return 0
  }
  let number = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim() === '') continue
    const result = parse(readLine(line, number))
    if (!process.stdout.write(`${JSON.stringify(toContractJson(result))}\n`)) await once(process.stdout, 'drain')
  }
  return 0
}

function readLine(line: string, number: number): string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    value = undefined
  }
  if (typeof value === 'string') return value
  throw new NoxError('bad-input', `line ${number} is not a JSON string: each line of --stdin is one, in quotes`)
}

function inWords(result: ParseResult): string {
  if (result.orders) return result.orders.map(inWords).join('\n\n')
  const lines = [
    `command      ${result.command ?? 'none'}`,
    ...Object.entries(result.args).map(([name, value]) => `  ${name.padEnd(11)}${JSON.stringify(value)}`),
    `language     ${result.language}`,
  ]
  if (result.missing.length > 0) lines.push(`missing      ${result.missing.join(', ')}`)
  for (const { from, to } of result.corrections) lines.push(`corrected    ${from} → ${to}`)
  if (result.followUp) lines.push(`goes on      with the thread: ${result.followUp}`)
  if (result.suggestions?.length) lines.push(`suggestions  ${result.suggestions.join(', ')}`)
  if (result.leftover?.length) lines.push(`leftover     ${result.leftover.join(' ')}`)
  return lines.join('\n')
}
