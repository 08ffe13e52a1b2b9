import type { DoubleAnswer } from '../http-double.ts'

/** A refusal of v1. */
export const refuse = (statusCode: number, message: string): DoubleAnswer => ({
  status: statusCode,
  body: { statusCode, message, data: { authorized: true, valid: false, errors: [], successful: false } },
})
