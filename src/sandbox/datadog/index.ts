export { createDatadogDouble, type DatadogDouble, type DatadogSeed } from './double.ts'
