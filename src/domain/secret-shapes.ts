/**
 * Shapes of secrets that may hide in a sentence: tokens of Slack and of vendors, bearer headers, URLs with a password,
 * PEM keys, JWTs. Each is looked for in a time that grows with the text alone, whatever it is: a sender may have chosen it.
 */
const secretShapes: readonly (readonly [RegExp, string])[] = [
  [/xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[.\w-]+/g, '[token]'],
  [/\b(?:gh[oprsu]_|github_pat_|glsa_|ATATT|ntn_)[\w=-]{12,}/g, '[token]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [secret]'],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*)*/g, '[jwt]'],
  [/(:\/\/[^\s:/@]+:)[^\s@/]+@/g, '$1[secret]@'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
]

/** A text without what looks like a secret. */
export function hideSecrets(text: string): string {
  return secretShapes.reduce((clean, [shape, instead]) => clean.replace(shape, instead), text)
}
