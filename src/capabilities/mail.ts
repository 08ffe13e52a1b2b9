/** A letter to one person. */
export interface Mail {
  /** One address: `jean@acme.fr`. */
  readonly to: string
  /** One line. */
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Pictures that the HTML shows as `cid:id`. */
  readonly pictures?: readonly { readonly id: string; readonly png: Uint8Array }[]
}

/** Who carries letters; absent in an installation without SMTP. */
export interface Mailer {
  /**
   * Resolves once a server has taken the letter.
   * @throws NoxError `bad-input` for an address or subject that can't be sent to, `unreachable`, `vendor-refused`;
   * `vendor-failed` where the server may have taken it all the same
   */
  send(mail: Mail): Promise<void>
  /** Reaches the server and signs in, and sends nothing. @throws NoxError as `send` */
  verify(): Promise<void>
}

/** An address that a letter can go to: one, plain, without a name, quotes or line breaks; at most 254 characters. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{1,61}$/u.test(
    text,
  )
