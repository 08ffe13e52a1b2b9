import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Exchange } from '../../src/sandbox/http-double.ts'

/** An HTTP server before another that notes what goes through; answers that never end are noted without their body. */
export interface RecordingProxy {
  readonly url: string
  readonly exchanges: readonly Exchange[]
  close(): Promise<void>
}

export async function recordingProxy(target: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = []
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing))

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming)
    const { pathname, searchParams } = new URL(incoming.url ?? '/', target)
    const { method = 'GET', headers } = incoming
    const forwarded = request(`${target}${incoming.url}`, {
      method,
      headers: { ...headers, host: new URL(target).host },
    })
    forwarded.once('error', () => outgoing.destroy())
    outgoing.once('close', () => forwarded.destroy())
    forwarded.once('response', async (answer) => {
      const status = answer.statusCode ?? 0
      outgoing.writeHead(status, answer.headers)
      outgoing.flushHeaders()
      const isStream = searchParams.get('watch') === 'true'
      const note = (text: string) =>
        exchanges.push({
          request: {
            method,
            path: pathname,
            query: searchParams,
            headers,
            body: body === '' ? undefined : JSON.parse(body),
            origin: target,
          },
          answer: { status, ...(isJson(answer) && text !== '' ? { body: JSON.parse(text) } : {}) },
          at: Date.now(),
        })
      if (isStream) {
        note('')
        answer.pipe(outgoing)
        return
      }
      const text = await textOf(answer)
      note(text)
      outgoing.end(text)
    })
    forwarded.end(body)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const isJson = ({ headers }: IncomingMessage): boolean => /json/.test(headers['content-type'] ?? '')

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
