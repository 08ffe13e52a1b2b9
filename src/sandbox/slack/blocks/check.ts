/** Collects what is wrong with a piece of Block Kit JSON, each line with a JSON pointer as Slack writes it. */
export class Report {
  readonly problems: string[] = []

  add(message: string, pointer: string): void {
    this.problems.push(`${message} [json-pointer:${pointer}]`)
  }
}

export type Check = (value: unknown, pointer: string, report: Report) => void

/** Whatever it is, or nothing. */
export const anything: Check = () => {}

/** `true` or `false`. */
export const bool: Check = (value, pointer, report) => {
  if (typeof value !== 'boolean') report.add('must be a boolean', pointer)
}

/** A string of at least `min` and at most `max` characters. */
export function string(max: number, min = 0): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string') report.add('must be a string', pointer)
    else if ([...value].length > max) report.add(`must be less than ${max + 1} characters`, pointer)
    else if ([...value].length < min) report.add(`must be more than ${min - 1} characters`, pointer)
  }
}

/** A string of this shape. @param what it in words: `must be …` */
export function pattern(expression: RegExp, what: string): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string' || !expression.test(value)) report.add(`must be ${what}`, pointer)
  }
}

/** A whole number from `min` to `max`, both included. */
export function integer(min: number, max: number): Check {
  return (value, pointer, report) => {
    if (!Number.isInteger(value) || Number(value) < min || Number(value) > max) {
      report.add(`must be an integer from ${min} to ${max}`, pointer)
    }
  }
}

/** A number that is finite. */
export const number: Check = (value, pointer, report) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) report.add('must be a number', pointer)
}

/** One of these words. */
export function oneOf(...values: readonly string[]): Check {
  return (value, pointer, report) => {
    if (!values.includes(String(value))) report.add(`must be one of: ${values.join(', ')}`, pointer)
  }
}

/** An array of `min` to `max` items, each of which passes. */
export function list(item: Check, min: number, max: number): Check {
  return (value, pointer, report) => {
    if (!Array.isArray(value)) return report.add('must be an array', pointer)
    if (value.length > max) return report.add(`no more than ${max} items allowed`, pointer)
    if (value.length < min) return report.add(`must contain at least ${min} item${min > 1 ? 's' : ''}`, pointer)
    value.forEach((each, index) => {
      item(each, `${pointer}/${index}`, report)
    })
  }
}

/** An object with these fields and no others; a name that ends in `!` is required. */
export function object(fields: Readonly<Record<string, Check>>, more?: Check): Check {
  const known = new Map(Object.entries(fields).map(([name, check]) => [name.replace(/!$/, ''), check]))
  const required = Object.keys(fields)
    .filter((name) => name.endsWith('!'))
    .map((name) => name.slice(0, -1))
  return (value, pointer, report) => {
    if (!isRecord(value)) return report.add('must be an object', pointer)
    for (const name of required) {
      if (value[name] === undefined || value[name] === null) report.add(`missing required field: ${name}`, pointer)
    }
    for (const [name, item] of Object.entries(value)) {
      const check = known.get(name)
      if (!check) report.add(`invalid additional property: ${name}`, pointer)
      else if (item !== undefined && item !== null) check(item, `${pointer}/${name}`, report)
    }
    more?.(value, pointer, report)
  }
}

/** The check that the object's `type` names. */
export function byType(checks: Readonly<Record<string, Check>>): Check {
  return (value, pointer, report) => {
    if (!isRecord(value)) return report.add('must be an object', pointer)
    const check = typeof value.type === 'string' && Object.hasOwn(checks, value.type) ? checks[value.type] : undefined
    if (check) check(value, pointer, report)
    else report.add(`unsupported type: ${String(value.type)}`, `${pointer}/type`)
  }
}

/** An object, neither an array nor `null`. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Slack's `plain_text`, never empty. */
export const plainText = (max: number): Check =>
  object({ 'type!': oneOf('plain_text'), 'text!': string(max, 1), emoji: bool })

/** `plain_text` or `mrkdwn`, never empty. */
export const anyText = (max: number): Check =>
  byType({
    plain_text: plainText(max),
    mrkdwn: object({ 'type!': oneOf('mrkdwn'), 'text!': string(max, 1), verbatim: bool }),
  })
