import type { SelectOption } from './api.ts'

/** The chosen ones with an option more, or without it where it was among them. */
export function toggled(chosen: readonly SelectOption[], option: SelectOption): SelectOption[] {
  const rest = chosen.filter((each) => each.value !== option.value)
  return rest.length === chosen.length ? [...chosen, option] : rest
}
