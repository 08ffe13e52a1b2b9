import type { ButtonEffect } from '../../../domain/answer.ts'
import type { Arguments } from '../../../domain/command-spec.ts'
import { vendors } from '../../../domain/integration.ts'
import { isClusterDraft, isVendorDraft, shortCluster, shortVendor } from './draft-value.ts'
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
  'tell',
  'override',
] as const

const surfaces = ['home', 'connect-cluster', 'write-argument', 'deny-reason', 'override-reason'] as const

type Json = { readonly [name: string]: unknown }

const isObject = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value)
const isOptionalText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string'
const isOneOf = <T extends string>(values: readonly T[], value: unknown): value is T =>
  values.some((each) => each === value)
const isScalar = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
const isOrder = (value: unknown): boolean =>
  isObject(value) &&
  typeof value.command === 'string' &&
  isObject(value.args) &&
  Object.values(value.args).every(isScalar)
const isArguments = (value: unknown): value is Arguments =>
  isObject(value) && Object.values(value).every((each) => isScalar(each) || isOrder(each))

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
      return { c: effect.command, g: effect.args, k: effect.confirmed, q: effect.asks, y: effect.once }
    case 'open':
      if (effect.surface === 'connect-vendor') return { o: effect.surface, n: effect.vendor }
      if (effect.surface === 'correct-cluster') return { o: effect.surface, d: shortCluster(effect.draft) }
      if (effect.surface === 'correct-vendor') return { o: effect.surface, d: shortVendor(effect.draft) }
      return { o: effect.surface, i: effect.actionId }
    case 'link':
      return undefined
  }
}

/** Reads a button's value back; `null` = not one that NOX wrote. */
export function decodeEffect(encoded: string): Exclude<ButtonEffect, { kind: 'link' }> | null {
  const data = parseJson(encoded)
  if (!isObject(data)) return null
  const {
    a: act,
    i: id,
    v: value,
    c: command,
    g: args,
    k: confirmed,
    q: asks,
    y: once,
    o: surface,
    n: vendor,
    d: draft,
  } = data
  if (isOneOf(acts, act) && typeof id === 'string' && isOptionalText(value)) {
    return { kind: 'press', act, actionId: id, ...(value === undefined ? {} : { value }) }
  }
  if (typeof command === 'string' && isArguments(args)) {
    return {
      kind: 'order',
      command,
      args,
      ...(confirmed === true ? { confirmed } : {}),
      ...(asks === true ? { asks } : {}),
      ...(typeof once === 'string' ? { once } : {}),
    }
  }
  if (surface === 'connect-vendor' && isOneOf(vendors, vendor)) return { kind: 'open', surface, vendor }
  if (surface === 'correct-cluster' && isClusterDraft(draft)) return { kind: 'open', surface, draft }
  if (surface === 'correct-vendor' && isVendorDraft(draft)) return { kind: 'open', surface, draft }
  if (isOneOf(surfaces, surface) && isOptionalText(id)) {
    return { kind: 'open', surface, ...(id === undefined ? {} : { actionId: id }) }
  }
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
