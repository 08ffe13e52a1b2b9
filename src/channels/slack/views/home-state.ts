/** Home's tabs, in the order of its bar (the message book, part 4). */
export const tabNames = [
  'home',
  'alerts',
  'integrations',
  'team',
  'permissions',
  'billing',
  'audit',
  'analytics',
] as const

export type TabName = (typeof tabNames)[number]

/** What a person looks at in Home; it travels in the view, and from there into the modals that it opens. */
export interface HomeState {
  readonly tab: TabName
  /** Of its list, from 0. */
  readonly page?: number
  /** One entry of the list alone. */
  readonly only?: string
  /** What its menus are set to, by their name. */
  readonly set?: { readonly [menu: string]: string }
}

/** As the metadata of a view or the value of a control has it. */
export const encodeState = (state: HomeState): string => JSON.stringify(state)

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 300

/** Reads a state back; what is not one is the first tab. */
export function decodeState(metadata: unknown): HomeState {
  const data = parse(metadata)
  const tab = tabNames.find((name) => name === data.tab) ?? 'home'
  const { page, only, set } = data
  const entries = Object.entries(set !== null && typeof set === 'object' ? set : {}).filter(([, value]) =>
    isText(value),
  )
  return {
    tab,
    ...(typeof page === 'number' && Number.isSafeInteger(page) && page >= 0 ? { page } : {}),
    ...(isText(only) ? { only } : {}),
    ...(entries.length > 0 ? { set: Object.fromEntries(entries) as Record<string, string> } : {}),
  }
}

function parse(metadata: unknown): Record<string, unknown> {
  try {
    const data: unknown = typeof metadata === 'string' ? JSON.parse(metadata) : metadata
    return data !== null && typeof data === 'object' ? (data as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
