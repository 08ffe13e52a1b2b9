import { type AddressInfo, createServer, type Socket, connect as tcp } from 'node:net'
import postgres from 'postgres'
import { createFramer, frame, parseStartup, rowText, startupMessages } from './postgres-frames.ts'

/** What a pooler in `pool_mode = transaction` gives to a client, as strictly as it may. */
export interface TransactionPooler {
  readonly url: string
  /** What a transaction left in a session, where another tenant's could have met it. */
  readonly leftovers: readonly string[]
  /** Transactions that were handed a session, and how often it was another one than the time before. */
  readonly counts: { readonly transactions: number; readonly moved: number }
  close(): Promise<void>
}

interface Session {
  readonly socket: Socket
  onFrame: (type: string, whole: Buffer) => void
}

/** What must not outlive a transaction: a prepared statement, a lock, a role, a tenant, another setting. */
const look = `select concat_ws(' ',
  (select 'prepared:' || min(name) from pg_prepared_statements having count(*) > 0),
  (select 'lock' from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() limit 1),
  (select 'listen' from pg_listening_channels() limit 1),
  (select 'cursor:' || min(name) from pg_cursors where name <> '' having count(*) > 0),
  case when current_user <> session_user then 'role:' || current_user end,
  nullif(current_setting('app.tenant_id', true), ''),
  (select 'setting:' || min(name) from pg_settings where source = 'session'
    and name not in ('application_name', 'client_encoding', 'app.tenant_id', 'role') having count(*) > 0)) as left`

/** Parameters that PgBouncer takes at the start of a session; any other it refuses. */
const taken = ['user', 'database', 'client_encoding', 'application_name', 'datestyle', 'timezone']

/** Stands between NOX and a real Postgres, and hands each transaction another of some sessions. */
export async function startTransactionPooler(databaseUrl: string, size: number): Promise<TransactionPooler> {
  const free: Session[] = []
  const waiting: ((session: Session) => void)[] = []
  const sockets = new Set<Socket>()
  const leftovers: string[] = []
  const counts = { transactions: 0, moved: 0 }

  /** postgres.js logs in, whatever the server asks for; then the line is ours. */
  async function openSession(): Promise<void> {
    let socket: Socket | undefined
    const { hostname, port } = new URL(databaseUrl)
    // Its types lack what its documentation has: a function that makes the socket.
    const options = {
      socket: () =>
        new Promise((resolve, reject) => {
          socket = tcp(Number(port || 5432), hostname, () => resolve(socket)).once('error', reject)
        }),
    } as object
    const login = postgres(databaseUrl, { max: 1, fetch_types: false, prepare: false, onnotice: () => {}, ...options })
    await login.unsafe('select 1')
    if (!socket) throw new Error('postgres.js made no connection')
    for (const event of ['data', 'close', 'error', 'drain']) socket.removeAllListeners(event)
    const session: Session = { socket, onFrame: () => {} }
    const feed = createFramer((type, whole) => session.onFrame(type, whole))
    socket
      .on('data', feed)
      .on('error', () => {})
      .setNoDelay(true)
    sockets.add(socket)
    free.push(session)
  }
  for (let each = 0; each < size; each += 1) await openSession()

  const take = (unlike: Session | undefined): Promise<Session> => {
    const at = free.findIndex((each) => each !== unlike)
    const session = free.splice(at < 0 ? 0 : at, 1)[0]
    return session ? Promise.resolve(session) : new Promise((resolve) => waiting.push(resolve))
  }

  /** Looks at what the transaction left before another one gets the session. */
  function handBack(session: Session): void {
    session.onFrame = (type, whole) => {
      if (type === 'D') {
        const left = rowText(whole)
        if (left) leftovers.push(left)
      }
      if (type !== 'Z') return
      session.onFrame = () => {}
      const next = waiting.shift()
      if (next) next(session)
      else free.push(session)
    }
    session.socket.write(frame('Q', `${look}\0`))
  }

  const server = createServer((client) => {
    sockets.add(client)
    client.setNoDelay(true)
    let session: Session | undefined
    let last: Session | undefined
    let asking = false
    /** Messages after which the server tells that it is ready, and that it has not answered yet. */
    let owed = 0
    let isMidway = false
    const early: Buffer[] = []

    const send = (whole: Buffer) => {
      const type = String.fromCharCode(whole[0] ?? 0)
      isMidway = type !== 'Q' && type !== 'S'
      if (!isMidway) owed += 1
      session?.socket.write(whole)
    }
    async function link(): Promise<void> {
      asking = true
      const mine = await take(last)
      asking = false
      counts.transactions += 1
      if (last && last !== mine) counts.moved += 1
      session = mine
      mine.onFrame = (type, whole) => {
        client.write(whole)
        if (type !== 'Z') return
        owed -= 1
        if (owed > 0 || isMidway || whole[5] !== 'I'.charCodeAt(0)) return
        session = undefined
        last = mine
        handBack(mine)
      }
      for (const each of early.splice(0)) send(each)
    }
    const feed = createFramer((type, whole) => {
      if (type === 'X') return void client.end()
      if (session) return send(whole)
      early.push(whole)
      if (!asking) void link()
    })

    let isStarted = false
    client.on('data', (chunk: Buffer) => {
      if (isStarted) return feed(chunk)
      const parameters = parseStartup(chunk)
      if (parameters === 'ssl') return void client.write('N')
      const refused = Object.keys(parameters).find((name) => !taken.includes(name.toLowerCase()))
      if (refused) {
        client.removeAllListeners('data').resume()
        const message = `SFATAL\0C08P01\0Munsupported startup parameter: ${refused}\0\0`
        return void client.end(frame('E', message))
      }
      isStarted = true
      client.write(startupMessages())
    })
    client.on('error', () => {})
    client.once('close', () => {
      sockets.delete(client)
      // In the middle of a transaction its session is of no use to anybody.
      if (!session) return
      session.socket.destroy()
      sockets.delete(session.socket)
      session = undefined
      void openSession()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.toString(),
    leftovers,
    counts,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
