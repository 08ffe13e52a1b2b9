import { Agent, request } from 'undici'
import type { Reach } from './control-plane.ts'

export const adminToken = 'token-of-admin'

/** What tests do to a cluster besides NOX. */
export interface Kubectl {
  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind, as the API sends them
  json(method: string, path: string, body?: object, contentType?: string): Promise<any>
  text(method: string, path: string): Promise<string>
  close(): Promise<void>
}

/** Requests of an admin, or of who has the token. */
export function kubectl({ server, ca }: Pick<Reach, 'server' | 'ca'>, token: string = adminToken): Kubectl {
  const dispatcher = new Agent({ connect: { ca } })
  async function send(method: string, path: string, body?: object, contentType = 'application/json') {
    const answer = await request(`${server}${path}`, {
      method: method as 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
      body: body === undefined ? null : JSON.stringify(body),
      dispatcher,
    })
    const text = await answer.body.text()
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 500)}`)
    return text
  }
  return {
    json: async (...parameters) => JSON.parse(await send(...parameters)),
    text: (method, path) => send(method, path),
    close: () => dispatcher.close(),
  }
}
