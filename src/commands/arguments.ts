import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'

/** An argument as text; `undefined` where it was not given. */
export function optionalText(args: Arguments, name: string): string | undefined {
  const value = args[name]
  return value === undefined || typeof value === 'object' ? undefined : String(value)
}

/** An argument that the road has made sure of. */
export function text(args: Arguments, name: string): string {
  const value = optionalText(args, name)
  if (value === undefined) throw new NoxError('internal', `argument ${name} is missing after it was asked for`)
  return value
}

/** A whole number; `undefined` where it was not given. */
export function optionalNumber(args: Arguments, name: string): number | undefined {
  const value = args[name]
  return typeof value === 'number' ? value : undefined
}

/** An ISO 8601 duration of the command language (`PT90M`, `P7D`) in milliseconds. */
export function durationMs(iso: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso)
  if (!match) throw new NoxError('bad-input', `not a duration: ${iso}`)
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}
