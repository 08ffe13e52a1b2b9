import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isMailAddress, type Mail, type Mailer } from '../capabilities/mail.ts'
import { NoxError } from '../errors.ts'
import type { MailTimes, SmtpAccess } from './access.ts'

/** What a failed attempt tells: where it ended decides whether another one may follow. */
interface Failure extends Error {
  readonly code?: string
  readonly responseCode?: number
}

/** One letter, one connection: letters are few. */
export function openSmtp({ url, from }: SmtpAccess, times: Partial<MailTimes> = {}): Mailer {
  const { letter = 30_000, pauses = [1_000, 5_000] } = times
  const { options, credentials } = readUrl(url)

  /** Connects, signs in, and does one thing; the connection never outlives it. */
  async function withConnection(work: (connection: SMTPConnection) => Promise<void>): Promise<void> {
    const connection = new SMTPConnection({
      ...options,
      connectionTimeout: letter,
      greetingTimeout: letter,
      socketTimeout: letter,
    })
    let timer: NodeJS.Timeout | undefined
    const trouble = new Promise<never>((_resolve, reject) => {
      connection.on('error', reject)
      connection.on('end', () => reject(new Error('the server closed the connection')))
      timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), letter)
    })
    try {
      const steps = async () => {
        await once((done) => connection.connect(done))
        if (credentials) await once((done) => connection.login({ credentials }, done))
        await work(connection)
      }
      await Promise.race([steps(), trouble])
      connection.quit()
    } catch (error) {
      connection.close()
      throw error
    } finally {
      clearTimeout(timer)
      trouble.catch(() => {})
    }
  }

  /** @returns whether the server had asked for the letter when the attempt failed, and the failure; `null` = it was taken */
  async function attempt(to: string, body: Buffer): Promise<{ began: boolean; failure: Failure } | null> {
    let began = false
    // Read only once the server has said that the letter may come.
    const content = Readable.from(
      (function* () {
        began = true
        yield body
      })(),
    )
    try {
      await withConnection((connection) =>
        once((done) => connection.send({ from, to: [to] }, content, (error) => done(error))),
      )
      return null
    } catch (error) {
      return { began, failure: error as Failure }
    }
  }

  return {
    async send(mail) {
      const body = await compose(mail, from)
      for (let n = 0; ; n++) {
        const failed = await attempt(mail.to, body)
        if (failed === null) return
        const pause = pauses[n]
        if (failed.began || !isPassing(failed.failure) || pause === undefined)
          throw toError(failed.failure, failed.began)
        await sleep(pause)
      }
    },
    async verify() {
      await withConnection(async () => {}).catch((error: Failure) => {
        throw toError(error, false)
      })
    },
  }
}

/** @throws NoxError `bad-input` */
async function compose({ to, subject, text, html, pictures = [] }: Mail, from: string): Promise<Buffer> {
  if (!isMailAddress(to)) throw new NoxError('bad-input', 'this is no address that a letter can go to')
  if (/[\p{Cc}\u2028\u2029]/u.test(subject)) throw new NoxError('bad-input', 'a subject is one line')
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
  const attachments = pictures.map(({ id, png }) => ({
    cid: id,
    filename: `${id}.png`,
    content: Buffer.from(png),
    contentType: 'image/png',
    contentDisposition: 'inline' as const,
  }))
  const options = { from, to: { name: '', address: to }, subject, text, html, headers, attachments }
  return new MailComposer({ ...options, disableFileAccess: true, disableUrlAccess: true }).compile().build()
}

/** Another attempt may go better: nobody answered, or the server said "later" (4xx). */
const isPassing = ({ code, responseCode }: Failure): boolean =>
  responseCode === undefined ? code !== 'EAUTH' && code !== 'ETLS' : responseCode >= 400 && responseCode < 500

/** The server's words may hold addresses and accounts: they stay out. */
function toError(failure: Failure, began: boolean): NoxError {
  const facts = { code: failure.code ?? null, status: failure.responseCode ?? null }
  if (failure.responseCode !== undefined)
    return new NoxError('vendor-refused', `the mail server refused (${failure.responseCode})`, { facts })
  if (began) return new NoxError('vendor-failed', 'the mail server fell silent before it took the letter', { facts })
  return new NoxError('unreachable', `the mail server can't be reached (${failure.code ?? 'closed'})`, { facts })
}

/** A password goes out only over TLS, unless the server is on this machine. */
function readUrl(text: string) {
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isHere = host === 'localhost' || host === '::1' || /^127\./.test(host)
  const user = decodeURIComponent(url.username)
  const credentials = user === '' ? undefined : { user, pass: decodeURIComponent(url.password) }
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port)
  return { options: { host, port, secure, requireTLS: !secure && !isHere, ignoreTLS: !secure && isHere }, credentials }
}

const once = (call: (done: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    call((error) => (error ? reject(error) : resolve()))
  })
