import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'

/** More than node lets wait by itself (511), fewer than Linux does (4,096). */
const many = 1_500

/** What the kernel lets wait to be accepted, at most. */
function longestQueue(): number {
  try {
    return Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'))
  } catch {
    return 0
  }
}

/** A NOX server whose process is busy until it is let go: it accepts nobody meanwhile. */
async function busyServer() {
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const server = JSON.stringify(new URL('../../src/web/server.ts', import.meta.url).href)
  const code = `
    import { parentPort, workerData } from 'node:worker_threads'
    const { createWebServer } = await import(${server})
    const web = createWebServer([(path, request, response) => { response.end(path); return true }])
    const port = await web.listen(0, '127.0.0.1')
    parentPort.postMessage(port)
    setTimeout(() => Atomics.wait(workerData, 0, 0), 0)`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { workerData: flag })
  onTestFinished(async () => void (await worker.terminate()))
  const port = await new Promise<number>((resolve, reject) => worker.once('message', resolve).once('error', reject))
  await new Promise((resolve) => setTimeout(resolve, 100))
  return {
    port,
    letGo() {
      Atomics.store(flag, 0, 1)
      Atomics.notify(flag, 0)
    },
  }
}

it.skipIf(longestQueue() < many)('lets many connections wait while it is busy, and answers each', async () => {
  const { port, letGo } = await busyServer()
  let connected = 0
  let answered = 0
  const sockets = Array.from({ length: many }, (): Socket => {
    const socket = connect(port, '127.0.0.1', () => {
      connected += 1
      socket.write('GET /here HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    })
    socket.on('data', (data) => {
      if (data.includes('200 OK')) answered += 1
    })
    return socket
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  // One that finds no room is only let in once others were accepted: none are, before the process is let go.
  await expect.poll(() => connected, { timeout: 10_000 }).toBe(many)
  expect(answered).toBe(0)
  letGo()
  await expect.poll(() => answered, { timeout: 20_000 }).toBe(many)
})
