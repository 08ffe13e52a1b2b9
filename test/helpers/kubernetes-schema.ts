import * as models from '@kubernetes/client-node'

export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> }
  // biome-ignore lint/suspicious/noExplicitAny: an object of any kind, as YAML gives it
  readonly [field: string]: any
}

interface Attribute {
  readonly baseName: string
  readonly type: string
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function attributesOf(type: string): readonly Attribute[] | undefined {
  const model = (models as unknown as Record<string, { attributeTypeMap?: readonly Attribute[] }>)[type]
  return model?.attributeTypeMap
}

/** What of a value does not fit a type of the Kubernetes API, as Kubernetes' own client describes it. */
function check(value: unknown, type: string, path: string): string[] {
  const wrong = (): string[] => [`${path} is no ${type}`]
  const list = /^Array<(.+)>$/.exec(type)?.[1]
  if (list) return Array.isArray(value) ? value.flatMap((each, i) => check(each, list, `${path}[${i}]`)) : wrong()
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1]
  if (map) return isObject(value) ? Object.entries(value).flatMap(([k, v]) => check(v, map, `${path}.${k}`)) : wrong()
  const attributes = attributesOf(type)
  if (attributes) {
    if (!isObject(value)) return wrong()
    return Object.entries(value).flatMap(([name, each]) => {
      const attribute = attributes.find(({ baseName }) => baseName === name)
      return attribute ? check(each, attribute.type, `${path}.${name}`) : [`${path}.${name} is no field of ${type}`]
    })
  }
  if (type === 'any') return []
  if (type === 'IntOrString') return typeof value === 'string' || Number.isInteger(value) ? [] : wrong()
  return typeof value === type ? [] : wrong()
}

const versionOf = (apiVersion: string) => (apiVersion.split('/').at(-1) ?? '').replace(/^./, (c) => c.toUpperCase())

/** Every field that the kind does not have, and every value of another type. */
export function checkFields(object: KubernetesObject): readonly string[] {
  const type = `${versionOf(object.apiVersion)}${object.kind}`
  return attributesOf(type) ? check(object, type, object.kind) : [`${type} is no kind that the client knows`]
}
