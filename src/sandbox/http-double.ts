import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** One request as a double sees it. */
export interface DoubleRequest {
  readonly method: string
  /** Without the base path and the query; still encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Parsed JSON, or a form's fields by name, its files as `DoubleFile`; `undefined` = there was no body. */
  readonly body: unknown
  /** Where the double stands, for the links in its answers: `http://127.0.0.1:3000/sandbox/github`. */
  readonly origin: string
}

/** A file in a form. */
export interface DoubleFile {
  readonly filename: string
  readonly type: string
  readonly bytes: Uint8Array
}

export interface DoubleAnswer {
  readonly status: number
  readonly body?: unknown
  /** In place of a body: what is no JSON, with its type. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array }
  readonly headers?: Readonly<Record<string, string>>
}

/** A request with what was answered; tests hold both to the vendor's own description. */
export interface Exchange {
  readonly request: DoubleRequest
  readonly answer: DoubleAnswer
  readonly at: number
}

export interface VendorFault {
  readonly kind: 'status' | 'reset' | 'slow'
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** What is answered, letter by letter: also what no vendor would say. */
  readonly body?: string
  readonly path?: RegExp
  /** Only of requests with this method. */
  readonly method?: string
  /** Only after the request took effect: the answer is lost. */
  readonly after?: boolean
  /** How many times; absent = until removed. */
  times?: number
  /** Of `slow`: what the answer waits for; absent = 3 s. */
  readonly until?: Promise<unknown>
}

/** A simulated vendor behind its HTTP API. */
export interface HttpDouble {
  readonly requestListener: (request: IncomingMessage, response: ServerResponse) => void
  handles(path: string): boolean
  listen(port?: number): Promise<{ readonly url: string }>
  close(): Promise<void>
  readonly faults: VendorFault[]
  /** The last exchanges, oldest first. */
  readonly exchanges: readonly Exchange[]
}

const keptExchanges = 1_000
const longestBody = 1024 * 1024
const slowMs = 3_000

/** @param options.basePath where the API stands in a server that it is mounted into: `/sandbox/github` */
export function createHttpDouble(options: {
  readonly basePath: string
  readonly answer: (request: DoubleRequest) => DoubleAnswer
  readonly badJson: DoubleAnswer
  /** As people write the vendor: links that someone opens in a browser lead to a page that says what it is. */
  readonly name: string
  /** How bodies are written; absent = JSON. Throws where one is not. */
  readonly parse?: (text: string) => unknown
  /** Pages of the vendor's beside its API; `false` = not one of them. */
  readonly pages?: (request: IncomingMessage, response: ServerResponse) => boolean
}): HttpDouble {
  const { basePath } = options
  const exchanges: Exchange[] = []
  const faults: VendorFault[] = []
  const open = new Set<Socket>()
  let server: Server | undefined

  const requestListener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (options.pages?.(request, response)) return
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'double'}`)
    const path = url.pathname.slice(basePath.length) || '/'
    if (request.method === 'GET' && request.headers.accept?.includes('text/html')) {
      const type = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" }
      return void response.writeHead(200, type).end(pageOf(options.name, path))
    }
    const fault = takeFault(faults, path, request.method)
    if (fault?.kind === 'slow') await (fault.until ?? new Promise((resolve) => setTimeout(resolve, slowMs)))
    if (fault && fault.after !== true) {
      if (fault.kind === 'reset') return void request.socket.destroy()
      if (fault.kind === 'status')
        return void response.writeHead(fault.status ?? 500, fault.headers).end(fault.body ?? '{}')
    }
    const sent = await readBody(request)
    const kind = request.headers['content-type'] ?? ''
    const parsed = /^multipart\/form-data\b/.test(kind)
      ? await readForm(sent, kind)
      : parse(sent.toString('utf8'), options.parse)
    const seen: DoubleRequest = {
      method: request.method ?? 'GET',
      path,
      query: url.searchParams,
      headers: request.headers,
      body: parsed === bad ? undefined : parsed,
      origin: `${url.origin}${basePath}`,
    }
    const answer = parsed === bad ? options.badJson : options.answer(seen)
    exchanges.push({ request: seen, answer, at: Date.now() })
    if (exchanges.length > keptExchanges) exchanges.shift()
    if (fault?.kind === 'reset') return void request.socket.destroy()
    if (fault?.kind === 'status')
      return void response.writeHead(fault.status ?? 500, fault.headers).end(fault.body ?? '{}')
    const headers = { 'content-type': 'application/json; charset=utf-8', ...answer.headers }
    if (answer.file) {
      const { type, bytes } = answer.file
      return void response.writeHead(answer.status, { ...answer.headers, 'content-type': type }).end(bytes)
    }
    if (answer.body === undefined) response.writeHead(answer.status, answer.headers).end()
    else response.writeHead(answer.status, headers).end(JSON.stringify(answer.body))
  }

  return {
    requestListener: (request, response) => {
      if (!open.has(request.socket)) {
        open.add(request.socket)
        request.socket.once('close', () => open.delete(request.socket))
      }
      requestListener(request, response).catch(() => response.destroy())
    },
    handles: (path) => path === basePath || path.startsWith(`${basePath}/`),
    async listen(port = 0) {
      const listening = createServer((request, response) => {
        requestListener(request, response).catch(() => response.destroy())
      })
      server = listening
      await new Promise<void>((resolve, reject) => {
        listening.once('error', reject)
        listening.listen(port, '127.0.0.1', resolve)
      })
      return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}${basePath}` }
    },
    async close() {
      for (const socket of open) socket.destroy()
      const listening = server
      if (!listening) return
      listening.closeAllConnections()
      await new Promise((resolve) => listening.close(resolve))
    },
    faults,
    exchanges,
  }
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)

/** What a person finds behind a link into a simulated vendor. */
const pageOf = (name: string, path: string) =>
  `<!doctype html><html lang="fr"><meta charset="utf-8"><title>${name}</title><h1>${name} (simulé · simulated)</h1><p>Ici s’ouvrirait · Here would open: <code>${escaped(path)}</code></p></html>`

const bad = Symbol('not JSON')

function parse(text: string, read: (text: string) => unknown = JSON.parse): unknown {
  if (text === '') return undefined
  try {
    return read(text)
  } catch {
    return bad
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > longestBody) throw new Error('too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function readForm(body: Buffer, kind: string): Promise<unknown> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': kind } }).formData()
    const fields = [...form].map(async ([name, value]): Promise<[string, string | DoubleFile]> => {
      if (typeof value === 'string') return [name, value]
      return [name, { filename: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) }]
    })
    return Object.fromEntries(await Promise.all(fields))
  } catch {
    return bad
  }
}

function takeFault(faults: VendorFault[], path: string, method = 'GET'): VendorFault | undefined {
  const fault = faults.find(
    (each) => (each.path?.test(path) ?? true) && (each.method === undefined || each.method === method),
  )
  if (fault?.times !== undefined) {
    fault.times -= 1
    if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1)
  }
  return fault
}
