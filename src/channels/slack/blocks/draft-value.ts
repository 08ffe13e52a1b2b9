import type { ClusterDraft } from '../../../domain/cluster-draft.ts'
import { isVendor } from '../../../domain/integration.ts'
import type { VendorDraft } from '../../../domain/vendor-draft.ts'
import { limits } from './limits.ts'

const fits = (draft: ClusterDraft | VendorDraft): boolean => JSON.stringify(draft).length <= limits.buttonValue - 50

/** What a form of a cluster held, as far as a button carries it: what is longest goes first. */
export function shortCluster(draft: ClusterDraft): ClusterDraft {
  const short = { ...draft }
  for (const field of ['ca', 'namespaces', 'server', 'watch'] as const) {
    if (fits(short)) break
    delete short[field]
  }
  return short
}

/** What a form of a vendor held, as far as a button carries it: the longest field is to be entered again first. */
export function shortVendor(draft: VendorDraft): VendorDraft {
  if (fits(draft)) return draft
  const [longest] = Object.keys(draft.fields).sort((a, b) => lengthOf(draft, b) - lengthOf(draft, a))
  if (longest === undefined) return draft
  const { [longest]: _, ...fields } = draft.fields
  return shortVendor({ ...draft, fields, again: [...draft.again, longest] })
}

const lengthOf = ({ fields }: VendorDraft, name: string): number => JSON.stringify(fields[name]).length

type Json = { readonly [name: string]: unknown }

const isObject = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value)
const areTexts = (values: readonly unknown[]): boolean => values.every((each) => typeof each === 'string')

/** Whether a button's value is a form of a cluster. */
export function isClusterDraft(value: unknown): value is ClusterDraft {
  if (!isObject(value)) return false
  const { name, environments, hadSecret, ...others } = value
  return (
    typeof name === 'string' &&
    Array.isArray(environments) &&
    areTexts([...environments, ...Object.values(others)]) &&
    typeof hadSecret === 'boolean'
  )
}

/** Whether a button's value is a form of a vendor. */
export function isVendorDraft(value: unknown): value is VendorDraft {
  if (!isObject(value)) return false
  const { vendor, mode, version, fields, again } = value
  return (
    typeof vendor === 'string' &&
    isVendor(vendor) &&
    (mode === 'connect' || mode === 'edit' || mode === 'rotate') &&
    Number.isInteger(version) &&
    isObject(fields) &&
    Array.isArray(again) &&
    areTexts([...Object.values(fields), ...again])
  )
}
