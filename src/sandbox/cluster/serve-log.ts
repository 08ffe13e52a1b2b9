import type { ServerResponse } from 'node:http'
import { badRequest } from './api-error.ts'
import type { PodObject } from './objects.ts'
import type { Trouble } from './pod-life.ts'
import { type PodLog, podLog } from './pod-log.ts'

export interface LogSource {
  readonly pod: PodObject
  readonly trouble: Trouble | undefined
  readonly bigLines: number | undefined
  readonly now: () => number
}

/** How often a followed log is looked at (ms). */
const followEvery = 250

/** Answers `GET …/pods/{name}/log`: written as the reader takes it, so that a huge log needs no memory here either. */
export async function serveLog(source: LogSource, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const { pod } = source
  const container = query.get('container') ?? pod.spec.containers[0]?.name
  const status = pod.status.containerStatuses?.find((each) => each.name === container)
  if (!pod.spec.containers.some((each) => each.name === container)) {
    throw badRequest(`container ${container} is not valid for pod ${pod.metadata.name}`)
  }
  if (status?.state.waiting && status.restartCount === 0) {
    throw badRequest(
      `container "${container}" in pod "${pod.metadata.name}" is waiting to start: ${status.state.waiting.reason}`,
    )
  }
  const isPrevious = query.get('previous') === 'true'
  if (isPrevious && !status?.lastState.terminated) {
    throw badRequest(`previous terminated container "${container}" in pod "${pod.metadata.name}" not found`)
  }
  response.writeHead(200, { 'content-type': 'text/plain' })
  const log = podLog(pod, source.now(), source.trouble, source.bigLines)
  const limit = number(query, 'limitBytes') ?? Number.POSITIVE_INFINITY
  const written = await write(log, firstLine(log, source, query), query, limit, response)
  if (query.get('follow') !== 'true' || isPrevious) return void response.end()
  let last = log.line(log.count - 1).time
  while (!response.destroyed) {
    await new Promise((resolve) => setTimeout(resolve, followEvery))
    const next = podLog(pod, source.now(), source.trouble, source.bigLines)
    let from = next.count
    while (from > 0 && next.line(from - 1).time > last) from -= 1
    if (from < next.count) await write(next, from, query, limit - written, response)
    last = next.line(next.count - 1).time
  }
}

function firstLine(log: PodLog, source: LogSource, query: URLSearchParams): number {
  const tail = number(query, 'tailLines')
  const seconds = number(query, 'sinceSeconds')
  const time = query.get('sinceTime')
  const since = time !== null ? Date.parse(time) : seconds !== undefined ? source.now() - seconds * 1_000 : null
  if (time !== null && Number.isNaN(since)) throw badRequest('sinceTime must be a time')
  const byTail = tail === undefined ? 0 : Math.max(0, log.count - tail)
  if (since === null) return byTail
  let low = 0
  let high = log.count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (log.line(middle).time >= since) high = middle
    else low = middle + 1
  }
  return Math.max(byTail, low)
}

/** Gives the bytes that it wrote. */
async function write(
  log: PodLog,
  from: number,
  query: URLSearchParams,
  limit: number,
  response: ServerResponse,
): Promise<number> {
  const withTime = query.get('timestamps') === 'true'
  let written = 0
  let block = ''
  for (let index = from; index < log.count && written < limit; index += 1) {
    const { time, text } = log.line(index)
    const line = `${withTime ? `${new Date(time).toISOString().replace('Z', '000000Z')} ` : ''}${text}\n`
    written += line.length
    block += written > limit ? line.slice(0, line.length - (written - limit)) : line
    if (block.length < 64_000) continue
    if (response.destroyed) return written
    if (!response.write(block)) await writable(response)
    block = ''
  }
  response.write(block)
  return written
}

/** Resolves when the reader has taken what was written, or has gone. */
function writable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go)
      response.off('close', go)
      resolve()
    }
    response.on('drain', go)
    response.on('close', go)
  })
}

function number(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^\d+$/.test(text)) throw badRequest(`${name} must be a number`)
  return Number(text)
}
