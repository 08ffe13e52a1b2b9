import { parseArgs } from 'node:util'
import { runAudit } from './cli/audit.ts'
import { runKeys } from './cli/keys.ts'
import { runMigrate } from './cli/migrate.ts'
import { runParse } from './cli/parse.ts'
import { loadDotEnv } from './config.ts'
import { NoxError } from './errors.ts'

const usage = `nox — the DevOps agent that a team talks to in Slack

  nox start                     serve Slack, or open the sandbox where no credentials are set
  nox migrate                   bring the database up to date, then end
  nox parse [--json] TEXT       what NOX understands of a text
      --stdin                   one JSON string per line, one result per line
      --bot-user U0NOX          the id that stands for @NOX
      --language fr|en          where the words do not tell (NOX_LANGUAGE, else fr)
  nox audit verify [TENANT]     recompute the hash chain of each tenant (or of one)
  nox keys new                  make a master key
  nox keys rotate               wrap every data key with the first key of NOX_MASTER_KEY
  nox --help | --version

Configuration comes from the environment and from .env; see .env.example.
`

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  json: { type: 'boolean' },
  stdin: { type: 'boolean' },
  'bot-user': { type: 'string' },
  language: { type: 'string' },
} as const

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
  const [command, ...rest] = positionals
  if (values.version) {
    const { default: manifest } = await import('../package.json', { with: { type: 'json' } })
    process.stdout.write(`${manifest.version}\n`)
    return 0
  }
  if (values.help || command === undefined || command === 'help') {
    process.stdout.write(usage)
    return command === undefined && !values.help ? 2 : 0
  }
  loadDotEnv('.env')
  switch (command) {
    case 'start': {
      const { main: serve } = await import('./start/run.ts')
      await serve()
      return 0
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
    case 'keys':
      return runKeys(rest)
    default:
      process.stderr.write(`nox: ${command} is no command. nox --help lists them.\n`)
      return 2
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const known = error instanceof NoxError || (error instanceof Error && 'code' in error)
  process.stderr.write(`nox: ${known ? (error as Error).message : (error as Error).stack}\n`)
  process.exitCode = 1
}
