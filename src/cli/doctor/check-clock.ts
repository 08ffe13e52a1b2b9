import { type Check, failed, ok, skipped, warning } from './check.ts'

/** Slack's signatures are refused when they are five minutes old: half of it is too near (ms). */
const tooFar = 150_000
const far = 10_000

const remedy = 'Let this machine keep its time by NTP (timedatectl set-ntp true), and the other one too.'

/** @param aheadMs how far each clock is ahead of this machine's, by its name */
export function checkClock(aheadMs: Readonly<Record<string, number | null>>): readonly Check[] {
  const known = Object.entries(aheadMs).flatMap(([name, ms]) => (ms === null ? [] : [{ name, ms }]))
  if (known.length === 0) return [skipped('clock', 'There was no other clock to compare with.')]
  return known.map(({ name, ms }) => {
    const seconds = Math.round(Math.abs(ms) / 1000)
    if (Math.abs(ms) < far) return ok('clock', `This machine and ${name} agree on the time.`)
    const sentence = `The clock of ${name} is ${seconds} s ${ms > 0 ? 'ahead of' : 'behind'} this machine's.`
    return Math.abs(ms) < tooFar ? warning('clock', sentence, remedy) : failed('clock', sentence, remedy)
  })
}
