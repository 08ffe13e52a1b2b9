import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Input {
  readonly type: string
  readonly block_id: string
  readonly element: {
    readonly action_id: string
    readonly initial_value?: string
    readonly initial_options?: readonly { readonly value: string }[]
    readonly initial_option?: { readonly value: string }
    readonly initial_conversations?: readonly string[]
  }
}

/** A server that answers nobody until it is told to. */
export async function startSilentServer() {
  const waiting: ServerResponse[] = []
  const server = createServer((_, response) => {
    waiting.push(response)
    server.emit('asked')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const asked = once(server, 'asked')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    refuse() {
      server.removeAllListeners('request')
      server.on('request', (_, response) => response.writeHead(401).end())
      for (const response of waiting) response.writeHead(401).end()
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const inputsOf = (json: unknown) => (json as { blocks: Input[] }).blocks.filter(({ type }) => type === 'input')

/** What the fields of a form begin with. */
export const begunWith = (json: unknown): Record<string, string | readonly string[]> =>
  Object.fromEntries(
    inputsOf(json).map(({ element }) => [
      element.action_id,
      element.initial_options?.map(({ value }) => value) ??
        element.initial_conversations ??
        element.initial_option?.value ??
        element.initial_value ??
        '',
    ]),
  )

/** The fields under the blocks that the form has by now. */
export const named = <T>(json: unknown, fields: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(
    inputsOf(json).flatMap(({ block_id, element }) => {
      const field = fields[element.action_id]
      return field === undefined ? [] : [[block_id, field]]
    }),
  )
