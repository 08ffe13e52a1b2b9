import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setTimeout as sleep } from 'node:timers/promises'
import { context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { traceWith } from '../domain/trace.ts'

export interface TracingOptions {
  /** Of a collector that takes OTLP over HTTP, without `/v1/traces`. */
  readonly endpoint: string
  /** What the collector asks for, such as a key. */
  readonly headers?: Readonly<Record<string, string>>
  readonly service: string
  /** Spans wait so long for others (ms); absent = 5 s, OpenTelemetry's own. */
  readonly batchMs?: number
}

/** What undici tells of a request. */
interface Asked {
  readonly request: { readonly method?: string; readonly origin?: string | URL }
  readonly response?: { readonly statusCode: number }
  readonly error?: Error
}

/**
 * Sends a span for each step of the road, and for each request that one makes, to a collector. What can't be sent is
 * dropped: an order never waits for it. Names and numbers only; of an error its code, of an address its host.
 */
export function startTracing(options: TracingOptions): { stop(): Promise<void> } {
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: { ...options.headers },
  })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        ...(options.batchMs === undefined ? {} : { scheduledDelayMillis: options.batchMs }),
      }),
    ],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const tracer = provider.getTracer('nox')

  traceWith({
    step(name, work, facts) {
      const span = tracer.startSpan(name, facts ? { attributes: { ...facts } } : {})
      return context.with(trace.setSpan(context.active(), span), () => settle(span, work))
    },
    ids() {
      const current = trace.getSpan(context.active())?.spanContext()
      return current && { trace_id: current.traceId, span_id: current.spanId }
    },
  })

  const calls = new WeakMap<object, Span>()
  const listeners = {
    'undici:request:create': ({ request }: Asked) => {
      // Watches and looks that nobody ordered belong to no trace.
      if (!trace.getSpan(context.active())) return
      const { method = 'GET', origin } = request
      const host = origin && URL.canParse(String(origin)) ? new URL(String(origin)).host : 'unknown'
      const attributes = { 'http.request.method': method, 'server.address': host }
      calls.set(request, tracer.startSpan(`${method} ${host}`, { kind: SpanKind.CLIENT, attributes }))
    },
    'undici:request:headers': ({ request, response }: Asked) => {
      if (response) calls.get(request)?.setAttribute('http.response.status_code', response.statusCode)
    },
    'undici:request:trailers': ({ request }: Asked) => calls.get(request)?.end(),
    'undici:request:error': ({ request, error }: Asked) => {
      const span = calls.get(request)
      if (span) fail(span, error)
      span?.end()
    },
  }
  const subscriptions = Object.entries(listeners) as [string, (message: unknown) => void][]
  for (const [channel, listener] of subscriptions) subscribe(channel, listener)

  return {
    async stop() {
      traceWith(null)
      for (const [channel, listener] of subscriptions) unsubscribe(channel, listener)
      context.disable()
      // What is left goes out, but a collector that is gone holds up no stop.
      await Promise.race([provider.shutdown().catch(() => {}), sleep(2_000, undefined, { ref: false })])
    },
  }
}

function settle<T>(span: Span, work: () => T): T {
  let given: T
  try {
    given = work()
  } catch (error) {
    fail(span, error)
    span.end()
    throw error
  }
  if (!(given instanceof Promise)) {
    span.end()
    return given
  }
  given.then(
    () => span.end(),
    (error: unknown) => {
      fail(span, error)
      span.end()
    },
  )
  return given
}

/** The message of an error may say what a vendor or a person wrote; its code does not. */
function fail(span: Span, error: unknown): void {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  span.setAttribute('error.type', typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown')
  span.setStatus({ code: SpanStatusCode.ERROR })
}
