/** What a step was about, by names and numbers of NOX alone: never what a person wrote, never a secret. */
export type TraceFacts = Readonly<Record<string, string | number | boolean>>

/** Where steps are told to, as OpenTelemetry's spans. */
export interface Tracer {
  /** Does the work as a step of what is being done now, or as the first one of something new. */
  step<T>(name: string, work: () => T, facts: TraceFacts | undefined): T
  /** The ids of what is being done now, for a line of the log. */
  ids(): { readonly trace_id: string; readonly span_id: string } | undefined
}

let tracer: Tracer | null = null

/** Traces from now on; `null` = no longer. One process has one, as it has one log. */
export function traceWith(next: Tracer | null): void {
  tracer = next
}

/** Is there a tracer? Asked where even the wrapping of a step would cost. */
export const isTraced = (): boolean => tracer !== null

/** Does the work; where traces are wanted it is a span of its name, until what it gives is settled. */
export const traced = <T>(name: string, work: () => T, facts?: TraceFacts): T =>
  tracer === null ? work() : tracer.step(name, work, facts)

/** What a line of the log says of the trace that it belongs to. */
export const traceIds = (): object => ({ ...tracer?.ids() })
