// The little of Postgres' protocol (version 3) that a pooler reads: https://www.postgresql.org/docs/current/protocol-message-formats.html

/** One message with its type and its length. */
export function frame(type: string, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body as string)
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(bytes.length + 4, 1)
  return Buffer.concat([head, bytes])
}

/** Cuts a stream into messages; gives each with its type, as it came. */
export function createFramer(onFrame: (type: string, whole: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 5) {
      const length = rest.readInt32BE(1) + 1
      if (rest.length < length) return
      const whole = rest.subarray(0, length)
      rest = rest.subarray(length)
      onFrame(String.fromCharCode(whole[0] ?? 0), whole)
    }
  }
}

/** The names and values that a session is to start with, or `ssl` where the client asks for TLS first. */
export function parseStartup(chunk: Buffer): Readonly<Record<string, string>> | 'ssl' {
  if (chunk.readInt32BE(4) === 80_877_103) return 'ssl'
  const texts = chunk.subarray(8, chunk.readInt32BE(0)).toString().split('\0')
  const parameters: Record<string, string> = {}
  for (let at = 0; at + 1 < texts.length && texts[at]; at += 2) parameters[String(texts[at])] = String(texts[at + 1])
  return parameters
}

/** What a server says to a client that it lets in without a password. */
export function startupMessages(): Buffer {
  const key = Buffer.alloc(8)
  key.writeInt32BE(1, 0)
  const settings = {
    server_version: '18.0',
    client_encoding: 'UTF8',
    standard_conforming_strings: 'on',
    TimeZone: 'UTC',
  }
  return Buffer.concat([
    frame('R', Buffer.alloc(4)),
    ...Object.entries(settings).map(([name, value]) => frame('S', `${name}\0${value}\0`)),
    frame('K', key),
    frame('Z', 'I'),
  ])
}

/** The text of a row's first column. */
export function rowText(whole: Buffer): string {
  const length = whole.readInt32BE(7)
  return length < 0 ? '' : whole.subarray(11, 11 + length).toString()
}
