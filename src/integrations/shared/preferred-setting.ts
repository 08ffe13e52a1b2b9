import type { SettingSpec } from '../../capabilities/connectors.ts'
import { type Capability, preferredFor } from '../../domain/integration.ts'

type Shared = Extract<Capability, 'alerts' | 'dashboards' | 'metrics'>

/** The field by which an admin says what a vendor is asked for first, where another could be asked too. */
export const preferredSetting = (capabilities: readonly Shared[]): SettingSpec => ({
  name: preferredFor,
  kind: 'choices',
  label: 'vendor.preferred',
  hint: 'vendor.preferred.hint',
  optional: true,
  options: capabilities.map((value) => ({ value, label: `vendor.preferred.${value}` as const })),
})
