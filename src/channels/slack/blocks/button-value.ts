import * as z from 'zod'
import type { ButtonEffect } from '../../../domain/answer.ts'
import type { Arguments } from '../../../domain/command-spec.ts'
import { limits } from './limits.ts'

const acts = [
  'approve',
  'deny',
  'withdraw',
  'confirm',
  'cancel',
  'ask',
  'choose',
  'recheck',
  'finished',
  'retry',
] as const

const scalar = z.union([z.string(), z.number(), z.boolean()])
const order = z.object({ command: z.string(), args: z.record(z.string(), scalar) })
const argumentsOf = z.record(z.string(), z.union([scalar, order]))

const pressValue = z.object({ a: z.enum(acts), i: z.string(), v: z.string().optional() })
const orderValue = z.object({ c: z.string(), g: argumentsOf, k: z.boolean().optional() })
const openValue = z.object({
  o: z.enum(['home', 'connect-cluster', 'write-argument', 'deny-reason']),
  i: z.string().optional(),
})

/** What a button carries, short: Slack gives its value 2,000 characters. `null` = it does not fit, or is a link. */
export function encodeEffect(effect: ButtonEffect): string | null {
  const value = JSON.stringify(shorten(effect))
  return value !== undefined && value.length <= limits.buttonValue ? value : null
}

function shorten(effect: ButtonEffect): unknown {
  switch (effect.kind) {
    case 'press':
      return { a: effect.act, i: effect.actionId, v: effect.value }
    case 'order':
      return { c: effect.command, g: effect.args, k: effect.confirmed }
    case 'open':
      return { o: effect.surface, i: effect.actionId }
    case 'link':
      return undefined
  }
}

/** Reads a button's value back; `null` = not one that NOX wrote. */
export function decodeEffect(value: string): Exclude<ButtonEffect, { kind: 'link' }> | null {
  const data = parseJson(value)
  const press = pressValue.safeParse(data).data
  if (press) {
    const { a: act, i: actionId, v } = press
    return { kind: 'press', act, actionId, ...(v === undefined ? {} : { value: v }) }
  }
  const asked = orderValue.safeParse(data).data
  if (asked) {
    const args = asked.g as Arguments
    return { kind: 'order', command: asked.c, args, ...(asked.k ? { confirmed: true } : {}) }
  }
  const open = openValue.safeParse(data).data
  if (open) return { kind: 'open', surface: open.o, ...(open.i === undefined ? {} : { actionId: open.i }) }
  return null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The block of a menu names whom the choice is for. */
export const encodeMenuBlock = (actionId: string, argument: string): string =>
  `menu ${actionId} ${argument}`.slice(0, limits.blockId)

/** Reads a menu's block id back; `null` = not a menu of NOX. */
export function decodeMenuBlock(blockId: string): { readonly actionId: string; readonly argument: string } | null {
  const match = /^menu (\S+) (\S+)$/.exec(blockId)
  return match ? { actionId: match[1] ?? '', argument: match[2] ?? '' } : null
}
