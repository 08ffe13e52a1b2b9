import { createServer } from 'node:http'
import { firstSecond } from './mention.ts'

/** Slack's end of a load run: answers every call at once, and tells which mention was answered when. */
export interface SlackEnd {
  readonly apiUrl: string
  /** Called with the number of a mention and the time (ms) of the first answer in its thread. */
  onAnswer: ((sequence: number, at: number) => void) | undefined
  /** Called with the method and the body of every call. */
  onCall?: (method: string, body: string) => void
  close(): void
}

const answers: Readonly<Record<string, string>> = {
  'chat.postMessage':
    '{"ok":true,"channel":"C0BENCH","ts":"1700000001.000200","message":{"type":"message","user":"U0BOT","text":"ok","ts":"1700000001.000200","bot_id":"B0BOT"}}',
  'auth.test':
    '{"ok":true,"url":"https://bench.slack.com/","team":"bench","user":"nox","team_id":"T0BENCH","user_id":"U0BOT","bot_id":"B0BOT"}',
}

const view = '{"ok":true,"view":{"id":"V0BENCH","hash":"1","type":"modal","state":{"values":{}}}}'
const others: Readonly<Record<string, string>> = {
  'views.open': view,
  'views.push': view,
  'views.update': view,
  'views.publish': view,
  'conversations.open': '{"ok":true,"channel":{"id":"D0BENCH"}}',
  'conversations.info': '{"ok":true,"channel":{"id":"C0BENCH","name":"bench","is_member":true}}',
  'chat.update': '{"ok":true,"channel":"C0BENCH","ts":"1700000001.000200","text":"ok"}',
  'users.info':
    '{"ok":true,"user":{"id":"U0ALICE","team_id":"T0BENCH","name":"alice","real_name":"Alice","tz":"Europe/Paris","locale":"en-US","profile":{"real_name":"Alice","display_name":"alice"}}}',
  'conversations.replies': '{"ok":true,"messages":[],"has_more":false}',
  'conversations.history': '{"ok":true,"messages":[],"has_more":false}',
  'usergroups.list': '{"ok":true,"usergroups":[]}',
  'users.list': '{"ok":true,"members":[]}',
}

const thread = /thread_ts(?:=|":")(1[789]\d{8})\.(\d{6})/

/** Listens on a free port of this machine. It checks nothing: its cost must not hide the cost of what is measured. */
export async function startSlackEnd(): Promise<SlackEnd> {
  const end: SlackEnd = { apiUrl: '', onAnswer: undefined, close: () => {} }
  const server = createServer((request, response) => {
    const at = performance.now()
    let body = ''
    request.setEncoding('latin1')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const method = (request.url ?? '').slice((request.url ?? '').lastIndexOf('/') + 1)
      const answer = answers[method] ?? others[method] ?? '{"ok":true}'
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) })
      response.end(answer)
      end.onCall?.(method, body)
      const found = thread.exec(body)
      if (found) end.onAnswer?.((Number(found[1]) - firstSecond) * 1_000_000 + Number(found[2]), at)
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return Object.assign(end, {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  })
}
