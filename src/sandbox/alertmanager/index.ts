export type { AlertSeed, WorldSilence } from './alert-api.ts'
export { createAlertApi } from './alert-api.ts'
export { type AlertSender, createAlertSender } from './alert-sender.ts'
export { type AlertmanagerDouble, type AlertmanagerSeed, createAlertmanagerDouble } from './double.ts'
