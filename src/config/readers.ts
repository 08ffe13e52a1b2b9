import { isIP } from 'node:net'

/** How one variable is read: its value, or what it should have been. No library: every start waits for this. */
export type Reader<T> = (text: string | undefined) => { readonly value: T } | { readonly problem: string }

export type VariablesOf<Readers extends Record<string, Reader<unknown>>> = {
  readonly [Name in keyof Readers]: Readers[Name] extends Reader<infer T> ? T : never
}

type Parse<T> = (text: string) => T | undefined

/** A variable that may be absent. @param hint what it should be */
export const optional =
  <T>(parse: Parse<T>, hint: string): Reader<T | undefined> =>
  (text) => {
    if (text === undefined) return { value: undefined }
    const value = parse(text)
    return value === undefined ? { problem: hint } : { value }
  }

/** A variable with a default. */
export const required =
  <T>(fallback: T, parse: Parse<T>, hint: string): Reader<T> =>
  (text) => {
    if (text === undefined) return { value: fallback }
    const value = parse(text)
    return value === undefined ? { problem: hint } : { value }
  }

/** Any text, as it stands; `fallback` where the variable is not set. */
export const textOr = (fallback: string): Reader<string> => required(fallback, (text) => text, '')

/** A text without the blanks around it, not empty. */
export const trimmed: Parse<string> = (text) => text.trim() || undefined

/** A text that begins like this, as it stands. */
export const startingWith =
  (start: string): Parse<string> =>
  (text) =>
    text.startsWith(start) ? text : undefined

/** An address of one of these schemes. */
export const address =
  (...schemes: readonly string[]): Parse<string> =>
  (text) =>
    URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)) ? text : undefined

/** One of some words, the default where it is absent. */
export const oneOf = <const T extends string>(values: readonly T[], fallback: NoInfer<T>): Reader<T> =>
  required<T>(
    fallback,
    (text) => values.find((each) => each === text),
    `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
  )

/** A whole number within limits, the default where it is absent. */
export const wholeNumber = (fallback: number, min: number, max: number): Reader<number> =>
  required(
    fallback,
    (text) => (/^\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
    `a whole number from ${min} to ${max}`,
  )

/** What stands between commas; nothing where the variable is absent. */
export const list =
  (fits: (item: string) => boolean, hint: string): Reader<readonly string[]> =>
  (text = '') => {
    const items = text
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '')
    return items.every(fits) ? { value: items } : { problem: hint }
  }

/** Reads all variables; an empty one counts as absent. Gives every problem at once, never with the value itself. */
export function readVariables<Readers extends Record<string, Reader<unknown>>>(
  readers: Readers,
  env: Readonly<Record<string, string | undefined>>,
): { readonly values: VariablesOf<Readers> } | { readonly problems: readonly string[] } {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, read] of Object.entries(readers)) {
    const result = read(env[name] === '' ? undefined : env[name])
    if ('problem' in result) problems.push(`${name}: ${result.problem}`)
    else values[name] = result.value
  }
  return problems.length > 0 ? { problems } : { values: values as VariablesOf<Readers> }
}

/** `10.0.0.0/8`, `fd00::/8`, `10.1.2.3`, `k8s.internal`: a host by its name or address, or a network; never a URL. */
export function isHostOrNetwork(text: string): boolean {
  const [host = '', bits, ...rest] = text.split('/')
  const version = isIP(host)
  if (bits === undefined) return version !== 0 || /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(host)
  return rest.length === 0 && version !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
}
