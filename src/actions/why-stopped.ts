/** Why a run is to stop: the reason that its signal carries. */
export interface Stop extends Error {
  readonly name: 'Stop'
  readonly why: 'cancel' | 'time-limit' | 'shutdown' | 'lost'
  /** Who cancelled it. */
  readonly userId?: string
}

/** Why a run is aborted, as the reason of its signal. */
export function whyStopped(why: Stop['why'], userId?: string): Stop {
  const stop = new Error(`stopped: ${why}`)
  return Object.assign(stop, { name: 'Stop' as const, why, ...(userId === undefined ? {} : { userId }) })
}

/** The reason of an aborted signal, where it is one of ours. */
export function stopOf(signal: AbortSignal): Stop | null {
  const reason: unknown = signal.aborted ? signal.reason : null
  return reason instanceof Error && reason.name === 'Stop' ? (reason as Stop) : null
}
