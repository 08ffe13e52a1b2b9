import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { webApiMethods } from '../../src/sandbox/slack/methods/index.ts'

type Schema = {
  $ref?: string
  properties?: Record<string, Schema>
  required?: string[]
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
}
type Contract = {
  paths: Record<string, { post: { requestBody?: { content: Record<string, { schema: Schema }> } } }>
  components: { schemas: Record<string, Schema> }
}

const folder = process.env.NOX_CONTRACTS ?? resolve(import.meta.dirname, '../../../shared/contracts')
const file = resolve(folder, 'slack-sdk.json')
const present = existsSync(file)
const contract: Contract = present ? JSON.parse(readFileSync(file, 'utf8')) : { paths: {}, components: { schemas: {} } }

/** Names of a schema's properties, and which of them every variant requires. */
function propertiesOf(schema: Schema): { all: Set<string>; required: Set<string> } {
  if (schema.$ref) return propertiesOf(contract.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})
  const all = new Set(Object.keys(schema.properties ?? {}))
  const required = new Set(schema.required ?? [])
  for (const part of schema.allOf ?? []) {
    const inner = propertiesOf(part)
    for (const name of inner.all) all.add(name)
    for (const name of inner.required) required.add(name)
  }
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    for (const name of propertiesOf(part).all) all.add(name)
  }
  return { all, required }
}

/** Methods that the description does not have. */
const undescribed = ['agents.sessions.setStatus', 'apps.connections.open']

describe.skipIf(!present)(
  `Web API methods against ${present ? 'slack-sdk.json' : 'slack-sdk.json (absent: skipped)'}`,
  () => {
    const methods = Object.entries(webApiMethods).filter(([name]) => !undescribed.includes(name))

    it('finds every method', () => {
      expect(methods.length).toBeGreaterThan(25)
      expect(methods.map(([name]) => name).filter((name) => !contract.paths[`/${name}`])).toEqual([])
    })

    it.each(methods)('%s declares its arguments', (name, method) => {
      const content = contract.paths[`/${name}`]?.post.requestBody?.content ?? {}
      const { all, required } = propertiesOf(Object.values(content)[0]?.schema ?? {})
      const declared = Object.keys(method.args)
      expect(declared.filter((argument) => !all.has(argument) && argument !== 'team_id')).toEqual([])
      const optional = declared.filter((argument) => required.has(argument) && !method.args[argument]?.endsWith('!'))
      // Both are checked in other words: Slack's own codes for a missing client, an empty status that clears.
      expect(optional.filter((argument) => !['client_id', 'client_secret', 'status'].includes(argument))).toEqual([])
      expect([...required].filter((argument) => !declared.includes(argument) && argument !== 'token')).toEqual([])
      expect([...all].filter((argument) => !declared.includes(argument) && argument !== 'token')).toEqual(
        notRead[name] ?? [],
      )
    })
  },
)

/** Arguments that Slack has and the double does not read. */
const notRead: Readonly<Record<string, readonly string[]>> = {
  'reactions.remove': ['file', 'file_comment'],
}
