import { generateKeyPairSync, sign } from 'node:crypto'

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const { length } = body
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const identifier = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const time = (year: number) => der(0x17, Buffer.from(`${year % 100}0101000000Z`))
const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'))
const commonName = identifier('550403')

/** A certificate that nobody vouches for, and its key, in PEM: what TLS refuses. @param name whom it is of */
export function selfSigned(name: string): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const who = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))))
  const about = sequence(
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    who,
    sequence(time(2025), time(2049)),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const whole = sequence(about, ecdsaWithSha256, der(0x03, Buffer.from([0]), sign('sha256', about, privateKey)))
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n')
  const cert = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}
