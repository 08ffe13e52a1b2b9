/** Where traces go, by OTLP over HTTP. */
export interface TracingConfig {
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
  readonly service: string
}

/** @param headers `name=value`, the values percent-encoded, as OpenTelemetry writes them */
export function tracingOf(
  endpoint: string | undefined,
  headers: readonly string[],
  service: string,
): { readonly tracing?: TracingConfig } {
  if (endpoint === undefined) return {}
  const read = headers.map((each) => {
    const [name = '', ...value] = each.split('=')
    return [name.trim(), decode(value.join('='))] as const
  })
  return { tracing: { endpoint, headers: Object.fromEntries(read), service } }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
