import { parseArgs } from 'node:util'
import { runAudit } from './cli/audit.ts'
import { runKeys } from './cli/keys.ts'
import { runMigrate } from './cli/migrate.ts'
import { runParse } from './cli/parse.ts'
import { usage, usages } from './cli/usage.ts'
import { loadDotEnv } from './config.ts'
import { NoxError } from './errors.ts'
import { nearest } from './language/nearest.ts'

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  json: { type: 'boolean' },
  yes: { type: 'boolean' },
  stdin: { type: 'boolean' },
  'bot-user': { type: 'string' },
  language: { type: 'string' },
} as const

async function main(argv: readonly string[]): Promise<number> {
  const wrong = wrongFlag(argv)
  if (wrong !== null) {
    process.stderr.write(`nox: ${wrong}\n`)
    return 2
  }
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
  const [command, ...rest] = positionals
  if (values.version) {
    const { default: manifest } = await import('../package.json', { with: { type: 'json' } })
    process.stdout.write(`${manifest.version}\n`)
    return 0
  }
  const asksForHelp = values.help === true || command === 'help'
  if (asksForHelp || command === undefined) return printHelp(command === 'help' ? rest[0] : command, asksForHelp)
  loadDotEnv('.env')
  switch (command) {
    case 'start': {
      const { main: serve } = await import('./start/run.ts')
      await serve()
      return 0
    }
    case 'doctor': {
      const { runDoctor } = await import('./cli/doctor/index.ts')
      return runDoctor({ json: values.json ?? false })
    }
    case 'migrate':
      return runMigrate()
    case 'parse':
      return runParse(rest.join(' '), {
        json: values.json ?? false,
        stdin: values.stdin ?? false,
        botUserId: values['bot-user'],
        language: values.language,
      })
    case 'audit':
      return runAudit(rest)
    case 'tenants': {
      const { runTenants } = await import('./cli/tenants.ts')
      return runTenants(rest, values.yes ?? false)
    }
    case 'db': {
      const { runDb } = await import('./cli/db.ts')
      return runDb(rest)
    }
    case 'billing': {
      const { runBilling } = await import('./cli/billing.ts')
      return runBilling(rest)
    }
    case 'keys':
      return runKeys(rest)
    default:
      return printUnknown(command)
  }
}

/** What is wrong with a flag, in a sentence with the nearest one; `null` = nothing is. */
function wrongFlag(argv: readonly string[]): string | null {
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    const known = Object.entries(options).find(([each]) => each === name)?.[1]
    const how = 'nox --help, or nox COMMAND --help, tells the flags.'
    if (!known) {
      const [near] = nearest(name, Object.keys(options), 1)
      return `${rawName} is no flag of nox.${near === undefined ? '' : ` Did you mean --${near}?`} ${how}`
    }
    if (known.type === 'string' && (value === undefined || value.startsWith('-')))
      return `${rawName} needs a value behind it. ${how}`
    if (known.type === 'boolean' && value !== undefined) return `${rawName} takes no value. ${how}`
  }
  return null
}

/** Help that was asked for is no failure; a command that does not exist, or none at all, is one. */
function printHelp(topic: string | undefined, isAsked: boolean): number {
  if (topic !== undefined && !Object.hasOwn(usages, topic)) return printUnknown(topic)
  process.stdout.write((topic === undefined ? undefined : usages[topic]) ?? usage)
  return topic === undefined && !isAsked ? 2 : 0
}

function printUnknown(command: string): number {
  process.stderr.write(`nox: ${command} is no command. nox --help lists them.\n`)
  return 2
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const known = error instanceof NoxError || (error instanceof Error && 'code' in error)
  process.stderr.write(`nox: ${known ? (error as Error).message : (error as Error).stack}\n`)
  process.exitCode = 1
}
