import type { Mailer } from '../capabilities/mail.ts'
import type { MailTimes, SmtpAccess } from './access.ts'

/** A mailer whose library is loaded with the first letter. */
export function createMailer(access: SmtpAccess, times: Partial<MailTimes> = {}): Mailer {
  let opened: Promise<Mailer> | undefined
  const open = () => {
    opened ??= import('./smtp.ts').then(({ openSmtp }) => openSmtp(access, times))
    return opened
  }
  return {
    send: async (mail) => (await open()).send(mail),
    verify: async () => (await open()).verify(),
  }
}
