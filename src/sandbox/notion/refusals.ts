import type { DoubleAnswer } from '../http-double.ts'
import { idOf } from './ids.ts'

/** A refusal as Notion writes it. */
export const refuse = (status: number, code: string, message: string): DoubleAnswer => ({
  status,
  body: { object: 'error', status, code, message, request_id: idOf(code) },
})

/** 400, in the words that Notion has for it. */
export const invalid = (message: string): DoubleAnswer => refuse(400, 'validation_error', message)
/** 404: Notion says the same of what is not there and of what is not shared. */
export const notFound = (what: string): DoubleAnswer =>
  refuse(404, 'object_not_found', `Could not find ${what}. Make sure it is shared with your integration.`)
