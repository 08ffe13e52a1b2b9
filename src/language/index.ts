export { toContractJson } from './contract-json.ts'
export { createParser, type ParseOptions, type Parser } from './parse.ts'
