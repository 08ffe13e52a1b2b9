type Level = 'error' | 'warn' | 'info' | 'debug'

const words: Readonly<Record<string, Level>> = {
  fatal: 'error',
  panic: 'error',
  critical: 'error',
  crit: 'error',
  error: 'error',
  err: 'error',
  severe: 'error',
  warning: 'warn',
  warn: 'warn',
  notice: 'info',
  info: 'info',
  debug: 'debug',
  trace: 'debug',
}
/** bunyan and pino: https://getpino.io/#/docs/api?id=levels */
const numbers: Readonly<Record<string, Level>> = {
  10: 'debug',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'error',
}

/** The level that a line says of itself: in JSON, logfmt, or as a word near its beginning; `null` = it says none. */
export function levelOf(line: string): Level | null {
  const field = /"?(?:level|lvl|severity|log\.level)"?\s*[:=]\s*"?([A-Za-z]+|\d{2})\b/i.exec(line)?.[1]
  if (field !== undefined) return words[field.toLowerCase()] ?? numbers[field] ?? null
  const word = /\b(fatal|panic|critical|error|severe|warning|warn|notice|info|debug|trace)\b/i.exec(
    line.slice(0, 80),
  )?.[1]
  if (word !== undefined) return words[word.toLowerCase()] ?? null
  // klog: `E1124 10:00:00.123456`
  const klog = /^([EWIF])\d{4} /.exec(line)?.[1]
  return klog === undefined ? null : ({ E: 'error', F: 'error', W: 'warn', I: 'info' } as const)[klog as 'E']
}
