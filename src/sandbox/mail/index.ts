import { EventEmitter, once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { inboxPage, inboxPolicy } from './inbox-page.ts'
import type { Letter } from './letter.ts'

/** A real mail server that delivers to one inbox. */
export interface MailDouble {
  readonly url: string
  letters(): readonly Letter[]
  /** The first letter that fits, old or new. Rejects after `timeoutMs`. */
  waitForLetter(fits: (letter: Letter) => boolean, timeoutMs?: number): Promise<Letter>
  handles(path: string): boolean
  requestListener(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

export const inboxPath = '/inbox'
const mostLetters = 200

/** @param options.answer refuses a step of SMTP: an error whose `responseCode` the server answers with */
export async function createMailDouble(
  options: { readonly answer?: (step: 'mail' | 'rcpt' | 'data') => Error | null | undefined } = {},
): Promise<MailDouble> {
  const letters: Letter[] = []
  const arrivals = new EventEmitter().setMaxListeners(0)
  const refuse = (step: 'mail' | 'rcpt' | 'data') => options.answer?.(step) ?? null
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: 1_000_000,
    onMailFrom: (_address, _session, done) => done(refuse('mail')),
    onRcptTo: (_address, _session, done) => done(refuse('rcpt')),
    onData(stream, session, done) {
      const take = async () => {
        const source = Buffer.concat(await stream.toArray())
        const refused = refuse('data')
        if (refused) throw refused
        if (stream.sizeExceeded) throw Object.assign(new Error('the letter is too long'), { responseCode: 552 })
        const read = await simpleParser(source)
        const letter = {
          from: read.from?.text ?? '',
          to: session.envelope.rcptTo.map(({ address }) => address),
          subject: read.subject ?? '',
          text: read.text ?? '',
          html: typeof read.html === 'string' ? read.html : '',
          source: source.toString('utf8'),
          at: Date.now(),
        }
        letters.push(letter)
        letters.splice(0, Math.max(0, letters.length - mostLetters))
        arrivals.emit('letter', letter)
      }
      take().then(
        () => done(null),
        (error: Error) => done(error),
      )
    },
  })
  // A client that goes away in the middle of a letter is its own affair.
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${port}`,
    letters: () => letters,
    async waitForLetter(fits, timeoutMs = 8_000) {
      const signal = AbortSignal.timeout(timeoutMs)
      for (;;) {
        const found = letters.find(fits)
        if (found) return found
        await once(arrivals, 'letter', { signal })
      }
    },
    handles: (path) => path === inboxPath,
    requestListener(request, response) {
      if (request.method !== 'GET') return void response.writeHead(405).end()
      const language = /^\s*fr/i.test(request.headers['accept-language'] ?? '') ? 'fr' : 'en'
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': inboxPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      response.end(inboxPage(language, letters))
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
