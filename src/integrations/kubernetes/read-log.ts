import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { ownText } from './own-text.ts'
import { connectionProblem } from './problems.ts'
import type { Session } from './session.ts'

export interface LogOf {
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

/** A line longer than this is cut (characters). */
const longestLine = 4_000

/** The log of one container, line by line as it comes: whatever its size, one line and one chunk are held. */
export async function* readLog(
  session: Session,
  { namespace, pod, container }: LogOf,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const search = new URLSearchParams({ container, ...query })
  const place = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`
  const stream = await session.stream({ path: `${place}?${search}`, headers: { accept: '*/*' }, signal })
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of chunksOf(stream, signal)) {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.slice(0, longestLine)
    // What follows in a line without an end is thrown away, but for its beginning.
    if (rest.length > 2 * longestLine) rest = rest.slice(0, longestLine)
  }
  if (rest !== '') yield rest.slice(0, longestLine)
}

async function* chunksOf(stream: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (error) {
    throw connectionProblem(error, signal)
  }
}

/** What the last lines of a pod may take (ms): they only explain a failure. */
const patience = 5_000
/** What the cluster is asked for of them (bytes); of one that sends more, no more is read. */
const mostBytes = 20_000

/** The last lines of a container; none where the cluster does not give them. */
export async function readLastLines(
  session: Session,
  namespace: string,
  of: { readonly pod: string; readonly container: string; readonly previous: boolean },
  count: number,
): Promise<readonly string[]> {
  const attempt = async (previous: boolean) => {
    const asked = { tailLines: String(count), limitBytes: String(mostBytes) }
    const query = { ...asked, ...(previous ? { previous: 'true' } : {}) }
    const lines: string[] = []
    let length = 0
    for await (const line of readLog(session, { namespace, ...of }, query, AbortSignal.timeout(patience))) {
      lines.push(ownText(line))
      length += line.length + 1
      if (lines.length > count) lines.shift()
      if (length >= mostBytes) break
    }
    return lines
  }
  // Between two runs of a container only the one before has a log.
  return attempt(of.previous).catch(() => (of.previous ? attempt(false).catch(() => []) : []))
}
