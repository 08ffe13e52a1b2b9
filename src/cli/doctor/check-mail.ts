import type { SmtpConfig } from '../../config.ts'
import { createMailer } from '../../email/index.ts'
import { NoxError } from '../../errors.ts'
import { type Check, failed, ok } from './check.ts'

/** Can NOX sign in at the mail server? Nothing is sent. */
export async function checkMail(smtp: SmtpConfig): Promise<Check> {
  const { host } = new URL(smtp.url)
  try {
    await createMailer(smtp, { letter: 10_000 }).verify()
    return ok('mail', `${host} lets NOX send e-mail.`)
  } catch (error) {
    if (!(error instanceof NoxError)) throw error
    const remedy = 'Look at host, port, user and password of NOX_SMTP_URL, and whether the server speaks TLS.'
    return failed('mail', `NOX can't send e-mail by ${host}: ${error.message}.`, remedy)
  }
}
