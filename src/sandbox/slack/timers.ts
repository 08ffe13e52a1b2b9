/** Runs something once after `ms`; the function that it gives calls it off. A test may keep the time itself. */
export type Later = (ms: number, run: () => void) => () => void

/** By the clock of this machine. */
export const later: Later = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
