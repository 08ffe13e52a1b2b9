/** Codes of failures that another attempt would only repeat, or after which it may stand there already. */
export const lastingFailures: readonly string[] = [
  'bad-input',
  'not-found',
  'vendor-refused',
  'forbidden',
  'vendor-failed',
  'timeout',
]
