import type { Worker } from 'node:worker_threads'
import type { ChartSpec } from '../domain/chart.ts'
import type { Language } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import { plainPhrase } from '../texts/render.ts'
import type { DrawReply, DrawRequest } from './draw-worker.ts'
import { sayChart } from './say-chart.ts'

/** A picture takes some 50 ms, the first one a second more. */
const timeLimitMs = 20_000
/** Pictures that may wait at once. */
const mostWaiting = 100
/** The thread ends when nobody asked for so long: it holds some 60 MB. */
const idleMs = 2 * 60_000

interface Waiting {
  readonly resolve: (png: Uint8Array) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

const waiting = new Map<number, Waiting>()
let thread: Promise<Worker> | undefined
let idle: NodeJS.Timeout | undefined
let lastId = 0

/**
 * Draws a chart with its words in a language: a PNG, 1440 × 680 pixels, on its own light ground. ECharts and resvg run
 * in a thread of their own, started at first use, so that no order waits for a picture.
 * @throws NoxError `internal` where it can't be drawn, or not in time
 */
export async function drawChart(spec: ChartSpec, language: Language): Promise<Uint8Array> {
  if (waiting.size >= mostWaiting) throw new NoxError('internal', 'too many charts wait to be drawn')
  const chart = sayChart(spec, language)
  const nothing = plainPhrase(phrase('chart.none'), language)
  thread ??= startThread()
  const worker = await thread
  clearTimeout(idle)
  lastId += 1
  const request: DrawRequest = { id: lastId, chart, nothing }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => stopThread(new Error('no picture in time')), timeLimitMs)
    waiting.set(request.id, { resolve, reject, timer })
    worker.ref()
    worker.postMessage(request)
  })
}

async function startThread(): Promise<Worker> {
  const { Worker } = await import('node:worker_threads')
  const worker = new Worker(new URL('./draw-worker.ts', import.meta.url), { name: 'nox charts', execArgv: [] })
  worker.unref()
  worker.on('message', (reply: DrawReply) => settle(reply, worker))
  worker.on('error', (error) => stopThread(error))
  return worker
}

function settle(reply: DrawReply, worker: Worker): void {
  const asked = waiting.get(reply.id)
  if (!asked) return
  clearTimeout(asked.timer)
  waiting.delete(reply.id)
  if ('png' in reply) asked.resolve(reply.png)
  else asked.reject(new NoxError('internal', `a chart could not be drawn: ${reply.problem}`))
  if (waiting.size > 0) return
  worker.unref()
  idle = setTimeout(() => stopThread(new Error('idle')), idleMs).unref()
}

/** Ends the thread; the next picture starts a new one. Whoever waits is told. */
function stopThread(why: Error): void {
  const ended = thread
  thread = undefined
  clearTimeout(idle)
  void ended?.then((worker) => worker.terminate()).catch(() => {})
  for (const { reject, timer } of waiting.values()) {
    clearTimeout(timer)
    reject(new NoxError('internal', `a chart could not be drawn: ${why.message}`))
  }
  waiting.clear()
}
