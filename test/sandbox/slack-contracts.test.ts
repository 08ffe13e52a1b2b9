import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { webApiMethods } from '../../src/sandbox/slack/methods/index.ts'

type Schema = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  enum?: unknown[]
  const?: unknown
}
type Contract = {
  paths: Record<string, { post: { requestBody?: { content: Record<string, { schema: Schema }> } } }>
  components: { schemas: Record<string, Schema> }
}

const folder = process.env.NOX_CONTRACTS ?? resolve(import.meta.dirname, '../../../shared/contracts')
const file = resolve(folder, 'slack-sdk.json')
const present = existsSync(file)
const contract: Contract = present ? JSON.parse(readFileSync(file, 'utf8')) : { paths: {}, components: { schemas: {} } }

const followed = (schema: Schema): Schema =>
  schema.$ref ? followed(contract.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema

/** A schema's properties with the JSON types that they take, and which of them every variant requires. */
function propertiesOf(given: Schema): { all: Map<string, Set<string>>; required: Set<string> } {
  const schema = followed(given)
  const all = new Map<string, Set<string>>()
  const take = (name: string, types: Iterable<string>) => all.set(name, new Set([...(all.get(name) ?? []), ...types]))
  for (const [name, property] of Object.entries(schema.properties ?? {})) take(name, typesOf(property))
  const required = new Set(schema.required ?? [])
  for (const part of schema.allOf ?? []) {
    const inner = propertiesOf(part)
    for (const [name, types] of inner.all) take(name, types)
    for (const name of inner.required) required.add(name)
  }
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    for (const [name, types] of propertiesOf(part).all) take(name, types)
  }
  return { all, required }
}

function typesOf(given: Schema): string[] {
  const schema = followed(given)
  if (schema.type) return [schema.type].flat()
  const values = schema.enum ?? (schema.const === undefined ? [] : [schema.const])
  if (values.length > 0) return values.map((value) => typeof value)
  if (schema.properties) return ['object']
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(typesOf)
}

/** What each kind of argument reads of the types that the description has. */
const reads: Readonly<Record<string, readonly string[]>> = {
  string: ['string'],
  number: ['number', 'integer', 'string'],
  boolean: ['boolean'],
  json: ['array', 'object'],
}

/** Methods that the description does not have. */
const undescribed = [
  'agents.sessions.setStatus',
  'apps.connections.open',
  'auth.teams.list',
  'bookmarks.edit',
  'bookmarks.list',
  'bookmarks.remove',
  'chat.scheduledMessages.list',
  'files.delete',
  'oauth.v2.exchange',
  'openid.connect.token',
  'openid.connect.userInfo',
  'pins.list',
  'pins.remove',
  'reactions.get',
]

/** Methods of the description that an app like NOX can't call: they are for admins, for people, for workflow steps. */
const notForBots = ['/admin.apps.approve', '/functions.completeError', '/functions.completeSuccess', '/search.messages']

describe.skipIf(!present)(
  `Web API methods against ${present ? 'slack-sdk.json' : 'slack-sdk.json (absent: skipped)'}`,
  () => {
    const methods = Object.entries(webApiMethods).filter(([name]) => !undescribed.includes(name))

    it('finds every method', () => {
      expect(methods.length).toBeGreaterThan(50)
      expect(methods.map(([name]) => name).filter((name) => !contract.paths[`/${name}`])).toEqual([])
    })

    it('answers every method that a bot may call', () => {
      const described = Object.keys(contract.paths).filter((path) => !path.startsWith('/_schemas/'))
      const missing = described.filter((path) => !(path.slice(1) in webApiMethods))
      expect(missing.sort()).toEqual(notForBots)
    })

    it.each(methods)('%s declares its arguments', (name, method) => {
      const content = contract.paths[`/${name}`]?.post.requestBody?.content ?? {}
      const { all, required } = propertiesOf(Object.values(content)[0]?.schema ?? {})
      const declared = Object.keys(method.args)
      expect(declared.filter((argument) => !all.has(argument) && argument !== 'team_id')).toEqual([])
      const optional = declared.filter((argument) => required.has(argument) && !method.args[argument]?.endsWith('!'))
      expect(optional.filter((argument) => !checkedInOtherWords.includes(argument))).toEqual([])
      expect([...required].filter((argument) => !declared.includes(argument) && argument !== 'token')).toEqual([])
      expect([...all.keys()].filter((argument) => !declared.includes(argument) && argument !== 'token')).toEqual(
        notRead[name] ?? [],
      )
    })

    it.each(methods)('%s reads each argument as the type that it has', (name, method) => {
      const content = contract.paths[`/${name}`]?.post.requestBody?.content ?? {}
      const { all } = propertiesOf(Object.values(content)[0]?.schema ?? {})
      const wrong = Object.entries(method.args).flatMap(([argument, kind]) => {
        const types = [...(all.get(argument) ?? [])].filter((type) => type !== 'null')
        const readable = reads[kind.replace('!', '')] ?? []
        return types.length > 0 && !types.some((type) => readable.includes(type)) ? [`${argument}: ${types}`] : []
      })
      expect(wrong).toEqual([])
    })
  },
)

/** Slack's own codes for a missing client; an empty status, topic or purpose clears. */
const checkedInOtherWords = ['client_id', 'client_secret', 'status', 'topic', 'purpose']

/** Arguments that Slack has and the double does not read. */
const notRead: Readonly<Record<string, readonly string[]>> = {
  'reactions.remove': ['file', 'file_comment'],
}
