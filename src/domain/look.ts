/** The name and the icon that NOX posts with where a plan has white-label. */
export interface Look {
  readonly name: string
  /** `:rocket:`, or the https address of a picture; `null` = NOX's own. */
  readonly icon: string | null
}

/** Slack's permission that a look needs; an installer may refuse it. */
export const lookScope = 'chat:write.customize'

export const longestLookName = 40

/** Where the faces of people and of Slack itself are: nobody posts with another's. */
const portraitHosts = ['slack.com', 'slack-edge.com', 'slack-files.com', 'gravatar.com']

const iconShape = /^:[a-z0-9_+'-]{1,60}:$/
/** One script, no sign that is not seen, no sign that opens a mention or a link. */
const nameShapes = [
  /^[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{M}\p{N} .'’&+-]*$/u,
  /^[\p{Script=Cyrillic}\p{N}][\p{Script=Cyrillic}\p{M}\p{N} .'’&+-]*$/u,
  /^[\p{Script=Greek}\p{N}][\p{Script=Greek}\p{M}\p{N} .'’&+-]*$/u,
]

/** Is it a name that looks like what it is: 2 to 40 letters, digits and spaces of one script? */
export function isLookName(name: string): boolean {
  const count = [...name].length
  const isPlain = name === name.normalize('NFKC') && !/\s{2}/.test(name)
  return isPlain && count >= 2 && count <= longestLookName && nameShapes.some((shape) => shape.test(name))
}

/** `:emoji:`, or the https address of a picture without a password in it, never one of Slack's or of a person. */
export function isLookIcon(icon: string): boolean {
  if (iconShape.test(icon)) return !icon.includes('slack')
  if (icon.length > 500 || !URL.canParse(icon) || !/^https:\/\/[\x21-\x7e]+$/.test(icon)) return false
  const { protocol, username, password, hostname } = new URL(icon)
  if (portraitHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))) return false
  return protocol === 'https:' && username === '' && password === '' && hostname.includes('.')
}

/** Signs that people take for a Latin letter. */
const lookalikes: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'аеорсухіјѕвкмнтԁԛԝ'].map((sign, at) => [sign, 'aeopcyxijsbkmhtdqw'[at] ?? ''])),
  ...Object.fromEntries([...'αβεηικμνορτυχ'].map((sign, at) => [sign, 'abenikuvoptux'[at] ?? ''])),
  ...Object.fromEntries([...'013457ıłøđ'].map((sign, at) => [sign, 'oleastilod'[at] ?? ''])),
}

/** The words of a name as the eye takes them: no case, no accents, lookalikes folded. */
export const wordsSeen = (name: string): readonly string[] =>
  [...name.normalize('NFKD').toLowerCase()]
    .filter((sign) => !/\p{M}/u.test(sign))
    .map((sign) => lookalikes[sign] ?? sign)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('i', 'l')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** Names of Slack, of who looks after it, and of a company's own helpers: nobody else speaks with them. */
const ofSlack = ['slack', 'slackbot', 'slackhq']
const offices =
  'admin administrator administrateur security securite helpdesk support system systeme everyone here channel'
const reserved = new Set(offices.split(' ').map((each) => wordsSeen(each).join('')))

/** Whom a name would be taken for: Slack, an office, or one of these people; `null` = nobody. */
export function takenFor(name: string, people: readonly string[]): string | null {
  const words = wordsSeen(name)
  const whole = words.join('')
  if (ofSlack.some((each) => whole.includes(wordsSeen(each).join('')))) return 'Slack'
  if (reserved.has(whole)) return name
  return people.find((person) => isTakenFor(words, wordsSeen(person))) ?? null
}

function isTakenFor(words: readonly string[], person: readonly string[]): boolean {
  if (person.length === 0) return false
  const whole = words.join('')
  // Their name in any order, a part of it, or all of it with something beside.
  if (whole === person.join('') || whole === [...person].reverse().join('')) return true
  if (words.every((word) => person.includes(word))) return true
  return person.length > 1 && person.every((word) => words.includes(word))
}
