import type { IncomingMessage, ServerResponse } from 'node:http'

/** A sender that is slower than this is given up (ms). */
const patience = 10_000

/** The whole body; `null` = it was too long, and is answered. */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  longest: number,
): Promise<string | null> {
  request.setTimeout(patience, () => request.destroy())
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > longest) {
      response.writeHead(413, { connection: 'close' }).end()
      return null
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Headers by their names in lower case; what was sent twice is left out. */
export const headersOf = (request: IncomingMessage): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  )

/** Who sends, as the socket tells it: a header could say anything. */
export const addressOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? ''
