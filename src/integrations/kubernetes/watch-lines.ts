import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { NoxError } from '../../errors.ts'
import { connectionProblem } from './problems.ts'

/** etcd holds objects of 1.5 MB; one that is longer than this is none (characters). */
const longestLine = 8 * 1024 * 1024

/** The lines of a stream as they come; what is held is one line. @throws NoxError where the connection breaks */
export async function* linesOf(stream: Readable, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  let length = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const [first = '', ...more] = decoder.write(chunk).split('\n')
      parts.push(first)
      length += first.length
      if (length > longestLine) throw new NoxError('vendor-failed', 'a line of the watch does not end')
      for (const next of more) {
        yield parts.join('')
        parts = [next]
        length = next.length
      }
    }
  } catch (error) {
    throw connectionProblem(error, signal)
  }
}
