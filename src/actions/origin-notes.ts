import type { OrderOrigin, ValueSource } from '../domain/origin.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'

const sources: readonly ValueSource[] = ['thread', 'channel']

/** Small print of an order's messages: what it took from elsewhere than its own words. */
export function originNotes(origin: OrderOrigin | null, args: { readonly [name: string]: unknown }): readonly Phrase[] {
  if (!origin) return []
  const { step, follows, alias, schedule, filled = {} } = origin
  const notes: Phrase[] = []
  if (step) notes.push(phrase('origin.step', { at: step.at, of: step.of }))
  if (schedule !== undefined) notes.push(phrase('origin.schedule', { n: String(schedule) }))
  if (follows !== undefined) notes.push(phrase('origin.follows', { n: String(follows) }))
  if (alias) notes.push(phrase('origin.alias', { name: alias.name, text: alias.text }))
  for (const source of sources) {
    const values = Object.entries(filled).flatMap(([name, from]) => (from === source ? [String(args[name] ?? '')] : []))
    const items = values.filter((value) => value !== '')
    if (items.length > 0) notes.push(phrase(`origin.${source}`, { what: { kind: 'list', items } }))
  }
  return notes
}
