import type { Template } from '../keys.ts'
import type { frGovernance } from './fr.ts'
import { enGovernanceInvitations } from './invitations-en.ts'
import { enGovernanceRecords } from './records-en.ts'
import { enGovernanceTeam } from './team-en.ts'
import { enGovernanceZones } from './zones-en.ts'

/** NOX's Home: tabs, team, zones, audit. */
export const enGovernance: Record<keyof typeof frGovernance, Template> = {
  ...enGovernanceTeam,
  ...enGovernanceInvitations,
  ...enGovernanceZones,
  ...enGovernanceRecords,
}
