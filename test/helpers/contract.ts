import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Exchange } from '../../src/sandbox/http-double.ts'

type Json = Record<string, unknown>
interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header' | 'cookie'
  readonly required?: boolean
  readonly schema?: Json
}
interface Operation {
  readonly deprecated?: boolean
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly parameters?: readonly Json[]
  readonly requestBody?: Json
  readonly responses: Record<string, Json>
}

/** Vendors' own descriptions, handed in beside the project: read where they are, never copied. */
export const contractsFolder = process.env.NOX_CONTRACTS ?? resolve(import.meta.dirname, '../../../shared/contracts')

/** Is the description of this name there? */
export const hasContract = (name: string): boolean => existsSync(resolve(contractsFolder, name))

/** One vendor's description. */
export interface Contract {
  /** What is wrong with a request and its answer, in sentences; empty = nothing. */
  problems(exchange: Exchange): readonly string[]
  /** The scopes that the description asks of a request. */
  scopes(exchange: Exchange): readonly string[]
  /** `GET /user`: the operations that were seen, and all that there are. */
  covered(): readonly string[]
  readonly operations: readonly string[]
}

const pointer = (ref: string): readonly string[] =>
  ref
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** OpenAPI 3.0's `nullable` in the words of JSON Schema. */
function withNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNulls)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value as Json).filter(([key, each]) => key !== 'nullable' || each !== true)
  const schema = Object.fromEntries(entries.map(([key, each]) => [key, withNulls(each)])) as Json
  // Kubernetes describes what is a number or a name as a text of this format.
  if (schema.format === 'int-or-string') return { ...schema, type: ['string', 'integer'] }
  if ((value as Json).nullable !== true) return schema
  if (typeof schema.type === 'string') {
    const list = Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {}
    return { ...schema, type: [schema.type, 'null'], ...list }
  }
  return { anyOf: [schema, { type: 'null' }] }
}

/**
 * Choices between bodies whose shapes are open: read as they stand, one body would be all of them. Each has its own keys
 * and no others.
 */
function closeChoices(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeChoices)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value as Json).map(([key, each]): [string, unknown] => [
    key,
    key === 'oneOf'
      ? (each as Json[]).map((one) => ({ allOf: [one], unevaluatedProperties: false }))
      : closeChoices(each),
  ])
  return Object.fromEntries(entries)
}

/**
 * Reads a vendor's description and holds exchanges to it: path, method, query, body without unknown keys, an
 * Authorization, nothing deprecated; and the answer's shape.
 * @param base what stands before the description's paths in a double: `/api/v3`
 */
export function readContract(name: string, base = ''): Contract {
  const document = withNulls(JSON.parse(readFileSync(resolve(contractsFolder, name), 'utf8'))) as Json
  const components = (document.components ?? {}) as Json
  if (components.requestBodies) components.requestBodies = closeChoices(components.requestBodies)
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false, coerceTypes: false })
  const loose = new Ajv2020({ strict: false, validateFormats: false, coerceTypes: true })
  ajv.addSchema(document, 'contract')
  loose.addSchema(document, 'contract')
  const paths = document.paths as Record<string, Record<string, Operation>>
  const seen = new Set<string>()

  function resolveRef<T>(value: unknown): T {
    let found = value as Json
    while (typeof found.$ref === 'string') {
      found = pointer(found.$ref).reduce<unknown>((at, part) => (at as Json)[part], document) as Json
    }
    return found as T
  }
  const absolute = (schema: Json): Json =>
    JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"contract#/')) as Json

  function find(method: string, path: string) {
    const parts = path.split('/')
    const fits = (template: string) => {
      const wanted = template.replace(/(?<=.)\/$/, '').split('/')
      return wanted.length === parts.length && wanted.every((each, at) => /^\{.+\}$/.test(each) || each === parts[at])
    }
    const literal = (template: string) => template.split('/').filter((each) => !each.startsWith('{')).length
    const [template] = Object.keys(paths)
      .filter((each) => fits(each) && paths[each]?.[method.toLowerCase()])
      .sort((a, b) => literal(b) - literal(a))
    const item = template === undefined ? undefined : paths[template]
    const operation = item?.[method.toLowerCase()]
    return template === undefined || !item || !operation ? null : { template, item, operation }
  }

  function check(validator: InstanceType<typeof Ajv2020>, schema: Json, value: unknown, what: string): string[] {
    const validate = validator.compile(absolute(schema))
    if (validate(value)) return []
    return [`${what}: ${validator.errorsText(validate.errors?.slice(0, 3) ?? [])}`]
  }

  const schemes = ((document.components as Json | undefined)?.securitySchemes ?? {}) as Record<string, Json>

  /** An Authorization, or every key that one of the operation's ways in asks for as a header. */
  function isAuthorized(headers: Exchange['request']['headers'], { security = [] }: Operation): boolean {
    if (headers.authorization !== undefined) return true
    return security.some((way) => {
      // A way in without any key is that of somebody unknown: what NOX sends is always somebody's.
      const names = Object.keys(way)
      const isGiven = (name: string) => {
        const { type, in: where, name: header } = schemes[name] ?? {}
        return type === 'apiKey' && where === 'header' && headers[String(header).toLowerCase()] !== undefined
      }
      return names.length > 0 && names.every(isGiven)
    })
  }

  /** The keys that an object may have, with their schemas; `null` = any. */
  function keysOf(schema: Json): Readonly<Record<string, unknown>> | null {
    const { properties, additionalProperties, allOf, oneOf, anyOf, patternProperties } = resolveRef<Json>(schema)
    if ([additionalProperties, oneOf, anyOf, patternProperties].some((each) => each !== undefined && each !== false)) {
      return null
    }
    const parts = ((allOf ?? []) as Json[]).map(keysOf)
    if (parts.includes(null) || (properties === undefined && parts.length === 0)) return null
    return Object.assign({}, ...parts, properties)
  }

  /** Keys of a body, at any depth, that its schema does not name. */
  function unknownKeys(schema: Json, value: unknown, at = ''): string[] {
    const plain = resolveRef<Json>(schema)
    if (Array.isArray(value)) {
      const items = plain.items as Json | undefined
      return items === undefined ? [] : value.flatMap((each) => unknownKeys(items, each, at))
    }
    if (value === null || typeof value !== 'object') return []
    const known = keysOf(plain)
    if (!known) return []
    return Object.entries(value).flatMap(([key, each]) =>
      Object.hasOwn(known, key) ? unknownKeys(known[key] as Json, each, `${at}${key}.`) : [`${at}${key}`],
    )
  }

  function queryProblems(query: URLSearchParams, parameters: readonly Parameter[]): string[] {
    const known = parameters.filter((each) => each.in === 'query')
    const unknown = [...query.keys()].filter((key) => !known.some((each) => each.name === key))
    const lacking = known.filter((each) => each.required === true && !query.has(each.name))
    const wrong = known.flatMap((each) => {
      const value = query.getAll(each.name)
      if (value.length === 0 || !each.schema) return []
      const schema = resolveRef<Json>(each.schema)
      const given = schema.type === 'array' ? value.flatMap((text) => text.split(',')) : value[0]
      return check(loose, { type: 'object', properties: { v: each.schema } }, { v: given }, `query ${each.name}`)
    })
    return [
      ...unknown.map((key) => `query ${key} is not described`),
      ...lacking.map((each) => `query ${each.name} is required`),
      ...wrong,
    ]
  }

  function bodyProblems(body: unknown, { requestBody }: Operation): string[] {
    if (requestBody === undefined) return body === undefined ? [] : ['a body that is not described']
    const described = resolveRef<Json>(requestBody)
    const content = described.content as Record<string, { schema?: Json }> | undefined
    const form = content?.['application/x-www-form-urlencoded']?.schema
    const schema = content?.['application/json']?.schema ?? form ?? content?.['*/*']?.schema
    if (body === undefined) return described.required === true ? ['a body is required'] : []
    if (!schema) return []
    return [
      ...unknownKeys(schema, body).map((key) => `body key ${key} is not described`),
      ...check(form ? loose : ajv, schema, structuredClone(body), 'body'),
    ]
  }

  function answerProblems({ answer }: Exchange, { responses }: Operation): string[] {
    const described =
      responses[String(answer.status)] ?? responses[`${String(answer.status)[0]}XX`] ?? responses.default
    // What every operation may be refused with is told once, not with each.
    if (!described) return answer.status >= 400 ? [] : [`status ${answer.status} is not described`]
    const content = resolveRef<Json>(described).content as Record<string, { schema?: Json }> | undefined
    const schema = content?.['application/json']?.schema
    if (!schema || answer.body === undefined) return []
    return check(ajv, schema, answer.body, `answer ${answer.status}`)
  }

  return {
    operations: Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    ),
    covered: () => [...seen],
    scopes({ request: { method, path } }) {
      const ways = find(method, path.slice(base.length))?.operation.security ?? []
      return ways.flatMap((way) => Object.values(way).flat() as string[])
    },
    problems(exchange) {
      const { method, path, query, body, headers } = exchange.request
      const name = `${method} ${path}`
      const found = path.startsWith(base) ? find(method, path.slice(base.length)) : null
      if (!found) return [`${name} is not described`]
      const { template, item, operation } = found
      seen.add(`${method} ${template}`)
      const shared = (item as unknown as { parameters?: readonly Json[] }).parameters ?? []
      const parameters = [...shared, ...(operation.parameters ?? [])].map((each) => resolveRef<Parameter>(each))
      const lacking = parameters.filter(
        (each) => each.in === 'header' && each.required && !headers[each.name.toLowerCase()],
      )
      return [
        ...(operation.deprecated ? ['is deprecated'] : []),
        ...(isAuthorized(headers, operation) ? [] : ['has no Authorization']),
        ...lacking.map((each) => `header ${each.name} is required`),
        ...queryProblems(query, parameters),
        ...bodyProblems(body, operation),
        ...answerProblems(exchange, operation),
      ].map((problem) => `${name}: ${problem}`)
    },
  }
}

/** Prints which operations of a vendor were held to its description. */
export function reportCoverage(vendor: string, contract: Contract): void {
  const covered = contract.covered()
  const others = contract.operations.filter((each) => !covered.includes(each))
  console.info(
    `${vendor}: ${covered.length} of ${contract.operations.length} described operations\n  ${covered.join('\n  ')}\n  not used: ${others.join(', ') || 'none'}`,
  )
}
