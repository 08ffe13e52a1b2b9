import type { IncomingMessage } from 'node:http'

/** Reads a request's body; null when it is larger than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    const bytes = part as Buffer
    size += bytes.length
    if (size <= limit) parts.push(bytes)
    else parts.length = 0
    // Far beyond the limit nobody reads the answer; stop listening.
    if (size > 4 * limit) return null
  }
  return size > limit ? null : Buffer.concat(parts)
}

/** `multipart/form-data` to the content of its first file or field. */
export function firstPart(body: Buffer, contentType: string): Buffer {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? ''
  const start = body.indexOf('\r\n\r\n')
  const end = body.indexOf(`\r\n--${boundary}`, start)
  return start < 0 || end < 0 ? Buffer.alloc(0) : body.subarray(start + 4, end)
}
