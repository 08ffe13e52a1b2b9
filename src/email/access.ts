/** Where letters go out, and from whom. */
export interface SmtpAccess {
  /** `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. */
  readonly url: string
  readonly from: string
}

/** How patient a mailer is (ms). */
export interface MailTimes {
  /** For a whole letter, from the connect to the server's word. */
  readonly letter: number
  /** Before the second and the third attempt. */
  readonly pauses: readonly number[]
}
