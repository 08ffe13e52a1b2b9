import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Attribute {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly Attribute[]
  readonly status: { readonly code?: number }
}

/** A collector that takes traces by OTLP over HTTP in JSON, and nothing else: what is no trace is refused, and kept. */
export async function startOtlpReceiver(key: string) {
  const spans: ReceivedSpan[] = []
  const services = new Set<unknown>()
  const refused: string[] = []
  const bodies: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url, headers } = request
      const body = Buffer.concat(chunks).toString()
      const isFine =
        method === 'POST' &&
        url === '/v1/traces' &&
        headers['content-type'] === 'application/json' &&
        headers.authorization === key
      if (!isFine) {
        refused.push(`${method} ${url} ${headers['content-type']} ${headers.authorization}`)
        return void response.writeHead(400).end()
      }
      bodies.push(body)
      for (const { resource, scopeSpans } of (JSON.parse(body) as Traces).resourceSpans) {
        services.add(resource.attributes.find((each) => each.key === 'service.name')?.value.stringValue)
        for (const scope of scopeSpans) spans.push(...scope.spans)
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    services,
    refused,
    bodies,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Traces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeSpans: readonly { readonly spans: readonly ReceivedSpan[] }[]
  }[]
}
