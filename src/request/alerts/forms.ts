import { alertSources } from '../../domain/alert.ts'
import type { Member } from '../../domain/member.ts'

/** The forms of the Alerts tab. */
export const alertParts = ['route', 'rota', 'quiet', 'mine'] as const
export type AlertPart = (typeof alertParts)[number]

/** Sources that send webhooks; clusters are watched instead. */
export const hookSources = alertSources.filter((source) => source !== 'kubernetes')

/** Who may be told of alerts directly, and so may choose to be. */
export const maySubscribe = (member: Member): boolean =>
  member.role !== 'guest' && member.removedAt === undefined && member.flags.canReceiveAlerts
