import { frGovernanceInvitations } from './invitations-fr.ts'
import { frGovernanceRecords } from './records-fr.ts'
import { frGovernanceTeam } from './team-fr.ts'
import { frGovernanceZones } from './zones-fr.ts'
/** Accueil de NOX : onglets, équipe, zones, audit. */
export const frGovernance = {
  ...frGovernanceTeam,
  ...frGovernanceInvitations,
  ...frGovernanceZones,
  ...frGovernanceRecords,
} as const
