export { toContractJson } from './contract-json.ts'
export { nearest } from './nearest.ts'
export { createParser, type ParseOptions, type Parser } from './parse.ts'
export { createSayer } from './say-order.ts'
