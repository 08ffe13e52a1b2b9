export { createGrafanaDouble, type GrafanaDouble, type GrafanaSeed } from './double.ts'
