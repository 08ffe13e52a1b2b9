export {
  dayKey,
  endOfDay,
  endOfDayKey,
  endOfMonth,
  hourOfDay,
  monthKey,
  nextHour,
  startOfDayKey,
  weekClock,
} from './calendar.ts'
export { compareZones, type Estate, type Shift } from './compare-zones.ts'
export { decide, mayOverride } from './decide.ts'
export { mayConfigure, mayManageUsers, whyNotEdit } from './edit-member.ts'
export { asRemoved, asSenior, defaultMember, defaultZones, memberAt, withRole } from './presets.ts'
export type { Decision, Question } from './question.ts'
export { rightsInWords } from './rights.ts'
export { mayApprove, whoMay } from './who-may.ts'
export { type PresetName, presetNames, zonePresets } from './zone-presets.ts'
export { isWithin, zonesAt } from './zones-at.ts'
