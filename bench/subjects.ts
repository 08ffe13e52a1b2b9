import { join } from 'node:path'
import type { PostgresServer } from './postgres.ts'
import { startBareBolt, startHubot, startNox, startRawHttp, type Target } from './targets.ts'

/** What is measured beside the others: gives a way to start it, for each round anew. */
export interface Subject {
  readonly name: string
  /** Its replicas, started on the database of the round each time. */
  newRound(): Promise<() => Promise<readonly Target[]>>
}

const peer = (name: string, start: () => Promise<Target>): Subject => ({
  name,
  newRound: async () => async () => [await start()],
})

/**
 * Bare Bolt, which the others are held against, the other peers, and NOX on each database.
 * @param only one database, without the other peers
 * @param server asked for where Postgres is measured
 */
export function subjectsOf(
  folder: string,
  apiUrl: string,
  only: 'sqlite' | 'postgres' | undefined,
  server: PostgresServer | undefined,
): readonly Subject[] {
  const subjects = [peer('bare Bolt', () => startBareBolt(apiUrl))]
  if (only === undefined) {
    subjects.push(peer('raw HTTP', () => startRawHttp(apiUrl)))
    subjects.push(peer('Hubot', () => startHubot(apiUrl)))
  }
  if (only !== 'postgres') {
    let made = 0
    subjects.push({
      name: 'NOX, SQLite',
      async newRound() {
        made += 1
        const path = join(folder, `${made}.db`)
        return async () => [await startNox({ path }, apiUrl)]
      },
    })
  }
  if (server !== undefined) {
    subjects.push(onPostgres('NOX, Postgres', 1, server, apiUrl), onPostgres('NOX, Postgres × 2', 2, server, apiUrl))
  }
  return subjects
}

const onPostgres = (name: string, replicas: number, server: PostgresServer, apiUrl: string): Subject => ({
  name,
  async newRound() {
    const url = await server.newDatabase()
    return async () => {
      const started: Target[] = []
      for (let n = 0; n < replicas; n += 1) started.push(await startNox({ url }, apiUrl))
      return started
    }
  },
})
