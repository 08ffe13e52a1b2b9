import { LogLevel, type Logger as SlackLogger } from '@slack/bolt'
import type { Logger } from 'pino'

/** Bolt's words go to NOX's log; its chatter stays out of it. */
export function boltLog(log: Logger): SlackLogger {
  const line =
    (level: 'debug' | 'warn' | 'error') =>
    (...words: unknown[]) =>
      log[level](words.map((word) => (word instanceof Error ? word.message : String(word))).join(' '))
  return {
    debug: () => {},
    info: line('debug'),
    warn: line('warn'),
    error: line('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  }
}
