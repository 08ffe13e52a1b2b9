import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createMailer } from '../../src/email/index.ts'
import { layOutMail } from '../../src/email/layout.ts'
import { createMailDouble, type MailDouble } from '../../src/sandbox/mail/index.ts'
import { phrase } from '../../src/texts/phrase.ts'

const mail = { to: 'jean@acme.fr', subject: 'Été <b>', text: 'Bonjour', html: '<p>Bonjour</p>' }
const from = 'nox@example.com'
const later = (code: number) => Object.assign(new Error('no'), { responseCode: code })

describe('the mailer', () => {
  const closing: (() => Promise<unknown> | unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const double = async (...options: Parameters<typeof createMailDouble>): Promise<MailDouble> => {
    const made = await createMailDouble(...options)
    closing.push(made.close)
    return made
  }
  /** A server that speaks as it is told, by the first word of a line. */
  const odd = async (greeting: string | null, speak: (line: string) => string | null) => {
    let connections = 0
    const server: Server = createServer((socket) => {
      connections++
      if (greeting !== null) socket.write(greeting)
      socket.on('error', () => {})
      socket.on('data', (data) => {
        for (const line of data.toString().split('\r\n').filter(Boolean)) {
          const answer = speak(line)
          if (answer === null) return void socket.destroy()
          socket.write(answer)
        }
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(() => server.close())
    return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections }
  }

  it('delivers text and HTML, told to be automatic', async () => {
    const server = await double()
    await createMailer({ url: server.url, from }).send(mail)
    expect(server.letters()).toHaveLength(1)
    const [letter] = server.letters()
    expect(letter).toMatchObject({ from, to: [mail.to], subject: mail.subject, html: mail.html })
    expect(letter?.text.trim()).toBe('Bonjour')
    expect(letter?.source).toContain('Auto-Submitted: auto-generated')
  })

  it.each(['a@b.fr, c@d.fr', 'a@b.fr\r\nBcc: c@d.fr', 'Jean <a@b.fr>', '"a b"@b.fr', 'a', '@b.fr', 'a@b'])(
    'sends nothing to %j',
    async (to) => {
      const server = await double()
      const sent = createMailer({ url: server.url, from }).send({ ...mail, to })
      await expect(sent).rejects.toMatchObject({ code: 'bad-input' })
      expect(server.letters()).toEqual([])
    },
  )

  it.each(['a\r\nBcc: c@d.fr', 'a\nb', 'a\u2028b'])('takes no subject of two lines: %j', async (subject) => {
    const server = await double()
    const sent = createMailer({ url: server.url, from }).send({ ...mail, subject })
    await expect(sent).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('tries again where the server says later, and delivers once', async () => {
    let n = 0
    const server = await double({ answer: (step) => (step === 'rcpt' && n++ < 2 ? later(451) : null) })
    await createMailer({ url: server.url, from }, { pauses: [1, 1] }).send(mail)
    expect([n, server.letters().length]).toEqual([3, 1])
  })

  it('does not try again where it was refused for good, or once the letter was on its way', async () => {
    let rcpt = 0
    const never = await double({ answer: (step) => (step === 'rcpt' && ++rcpt ? later(550) : null) })
    const refused = createMailer({ url: never.url, from }, { pauses: [1, 1] }).send(mail)
    await expect(refused).rejects.toMatchObject({ code: 'vendor-refused', facts: { status: 550 } })
    expect(rcpt).toBe(1)
    let isLetter = false
    const cut = await odd('220 hello\r\n', (line) => {
      if (isLetter) return null
      if (line === 'DATA') isLetter = true
      return line.startsWith('DATA') ? '354 go on\r\n' : '250 ok\r\n'
    })
    const lost = createMailer({ url: cut.url, from }, { pauses: [1, 1] }).send(mail)
    await expect(lost).rejects.toMatchObject({ code: 'vendor-failed' })
    expect(cut.connections()).toBe(1)
  })

  it('gives up on a server that says nothing, or that is not there', async () => {
    const silent = await odd(null, () => '')
    const late = createMailer({ url: silent.url, from }, { letter: 50, pauses: [] }).send(mail)
    await expect(late).rejects.toMatchObject({ code: 'unreachable' })
    const gone = await double()
    await gone.close()
    const nobody = createMailer({ url: gone.url, from }, { pauses: [1] })
    await expect(nobody.send(mail)).rejects.toMatchObject({ code: 'unreachable' })
    await expect(nobody.verify()).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('verifies without sending', async () => {
    const server = await double()
    await createMailer({ url: server.url, from }).verify()
    expect(server.letters()).toEqual([])
  })

  it('says no word of the server that holds a secret', async () => {
    const server = await odd('220 hello\r\n', (line) =>
      line.startsWith('AUTH')
        ? `535 wrong: ${line}\r\n`
        : line.startsWith('EHLO')
          ? '250 AUTH PLAIN\r\n'
          : '250 ok\r\n',
    )
    const url = server.url.replace('smtp://', 'smtp://nox:hunter2@')
    const error = await createMailer({ url, from }, { pauses: [1] })
      .send(mail)
      .catch((each: Error) => each)
    expect(error).toMatchObject({ code: 'vendor-refused', facts: { status: 535 } })
    expect(JSON.stringify([error, String(error)])).not.toContain(Buffer.from('\0nox\0hunter2').toString('base64'))
    expect(server.connections()).toBe(1)
  })
})

describe('a letter', () => {
  it.each(['fr', 'en'] as const)('is laid out in %s, and escapes what is foreign', (language) => {
    const content = {
      title: phrase('invited.member', { person: '<script>x</script>', tenant: 'A & B' }),
      lines: [phrase('invite.outside', { person: '<img src=x>' })],
      button: { label: phrase('button.open'), url: 'https://nox.example.com/?a=1&b=2' },
    }
    const { subject, text, html } = layOutMail(language, content)
    expect(subject).not.toMatch(/\n/)
    expect(text).toContain('https://nox.example.com/?a=1&b=2')
    expect(html).not.toMatch(/<script>|<img/)
    expect(html).toContain(`lang="${language}"`)
    expect(() =>
      layOutMail(language, { ...content, button: { ...content.button, url: 'javascript:alert(1)' } }),
    ).toThrow()
  })
})
