import type { SelectOption } from './api.ts'
import { isDirect } from './context.ts'
import type { Model } from './model.ts'
import type { Element } from './surface.ts'

/** How a menu of some type is filled, and how it reports what was chosen. */
export interface SelectKind {
  readonly isMany: boolean
  /** `null` = the app is asked while one types. */
  readonly options: readonly SelectOption[] | null
  readonly chosen: readonly SelectOption[]
  report(options: readonly SelectOption[]): Record<string, unknown>
}

const fields: Readonly<Record<string, string>> = { users: 'user', channels: 'channel', conversations: 'conversation' }

/** Undefined where the element is no menu. */
export function selectKind(
  element: Element,
  known: Readonly<Record<string, unknown>> | undefined,
  model: Model,
): SelectKind | undefined {
  const match = /^(multi_)?(static|external|users|channels|conversations)_select$/.exec(element.type)
  if (!match) return undefined
  const isMany = match[1] !== undefined
  const source = match[2] ?? ''
  const entity = fields[source]
  const field = `selected_${entity ?? 'option'}${isMany ? 's' : ''}`
  const initial = element[`initial_${entity ?? 'option'}${isMany ? 's' : ''}`]
  const given = [known?.[field] ?? initial ?? []].flat()
  if (entity) {
    const options = entityOptions(source, model, element)
    const most = typeof element.max_selected_items === 'number' ? element.max_selected_items : undefined
    return {
      isMany,
      options,
      chosen: options.filter(({ value }) => given.includes(value)),
      report: (picked) => ({
        [field]: isMany ? picked.slice(0, most).map(({ value }) => value) : (picked[0]?.value ?? null),
      }),
    }
  }
  return {
    isMany,
    options: source === 'static' ? staticOptions(element) : null,
    chosen: given as SelectOption[],
    report: (picked) => ({ [field]: isMany ? picked : (picked[0] ?? null) }),
  }
}

function staticOptions(element: Element): SelectOption[] {
  const groups = (element.option_groups ?? []) as { label: { text: string }; options: SelectOption[] }[]
  return [
    ...((element.options ?? []) as SelectOption[]),
    ...groups.flatMap(({ label, options }) => options.map((option) => ({ ...option, group: label.text }))),
  ]
}

function entityOptions(source: string, model: Model, { filter }: Element): SelectOption[] {
  const { state } = model
  if (!state) return []
  const named = (text: string, value: string) => ({ text: { text }, value })
  if (source === 'users')
    return state.users.filter(({ is_bot }) => !is_bot).map(({ id, real_name }) => named(real_name, id))
  const included = (filter as { include?: string[] } | undefined)?.include ?? ['public', 'private', 'im', 'mpim']
  return state.channels
    .filter(({ kind }) => (source === 'channels' ? kind === 'public' : included.includes(kind)))
    .map(({ id, name, kind }) => named(isDirect({ kind }) ? name : `#${name}`, id))
}
