// npm run bench -- --only parse: how many messages NOX understands in a second on one core, and how long its worst ones take.
import { allWords } from '../src/commands/words/index.ts'
import { createParser } from '../src/language/index.ts'

const longest = 40_000
const figures = { perSecond: 50_000, worstMs: 20 }

const messages = [
  '@NOX déploie branche feature/auth en staging',
  '@NOX affiche logs du service user-api',
  '@NOX status cluster kubernetes',
  '@NOX créer ticket incident service down',
  '@NOX backup base données client-Z',
  '@NOX Deploy user-api v2.3.1 to prod please',
  '@NOX montre les 200 dernières lignes de logs de paiement en prod depuis 2h contenant "timeout"',
  '@NOX chaque lundi à 9h crée un rapport hebdo dans Notion',
  '@NOX qui peut déployer en prod ?',
  '<@U0NOX> could you roll back checkout-api to v1.4.2 in prod, please? 🙏',
  'deplooy user-api en satging',
  'ne déploie pas en prod',
  'the deploy went fine, thanks everyone',
  "j'ai redémarré billing hier, tout va bien maintenant",
  'scale checkout to 5 replicas',
  'whoami',
]

/** Pieces that, repeated, would show a cost that grows faster than the text. */
const pieces = [
  ...[
    'deploy ',
    'deploy, ',
    'deploy. ',
    'deplooy ',
    'every day ',
    'à 9h ',
    'chaque lundi ',
    'le 1er du mois ',
    'a',
    ':a',
  ],
  ...[
    '"',
    "l'",
    '`',
    '```',
    '<',
    '<@U1>',
    '> ',
    '\\"',
    '- ',
    '-',
    '*',
    ', ',
    '?',
    '\n',
    '🚀',
    'é',
    '&amp;',
    '--env ',
    '--title x ',
  ],
  ...[
    'crée un ticket service ',
    'ticket OPS-1 ',
    'mets … ',
    'passe à 5 ',
    'est-ce que ',
    'de la ',
    'service ',
    'logs de ',
    'can ',
    'si ',
  ],
  ...[
    'fais ',
    'commente OPS-1 ',
    'cherche dans Notion ',
    'roll ',
    'set ',
    '1h ',
    '42 ',
    'v1.',
    'a-b-',
    "d'un ",
    'user-api: ',
  ],
]

/** The time that this process has computed: what others do on the machine is not counted. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

const round = (value: number): string => value.toFixed(value < 20 ? 2 : 0)

/** Measures and prints; the exit code tells whether the figures are kept. */
export function benchParse(): void {
  const parser = createParser(allWords)
  const speeds: number[] = []
  for (let run = 0; run < 6; run += 1) {
    const begun = cpuSeconds()
    let count = 0
    for (; cpuSeconds() - begun < 1; count += 40 * messages.length)
      for (let round = 0; round < 40; round += 1) for (const text of messages) parser.parse(text)
    if (run > 0) speeds.push(count / (cpuSeconds() - begun))
  }
  const perSecond = speeds.sort((one, other) => one - other)[Math.floor(speeds.length / 2)] ?? 0
  const times = pieces.map((piece) => {
    const text = piece.repeat(Math.ceil(longest / piece.length)).slice(0, longest)
    const runs = [0, 1, 2].map(() => {
      const begun = performance.now()
      parser.parse(text)
      return performance.now() - begun
    })
    return { piece, ms: Math.min(...runs) }
  })
  const [worst] = times.sort((one, other) => other.ms - one.ms)
  console.log(
    `${round(perSecond)} parses a second of one core (median of ${speeds.length}; at least ${figures.perSecond})`,
  )
  console.log(
    `worst of ${times.length} texts of ${longest} characters: ${round(worst?.ms ?? 0)} ms, ${JSON.stringify(worst?.piece)} repeated (at most ${figures.worstMs})`,
  )
  for (const { piece, ms } of times.slice(1, 6)) console.log(`  ${round(ms).padStart(6)} ms  ${JSON.stringify(piece)}`)
  if (perSecond < figures.perSecond || (worst?.ms ?? 0) > figures.worstMs) process.exitCode = 1
}
