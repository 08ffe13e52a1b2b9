import { connect, type Socket } from 'node:net'

const lengthHeader = /content-length: (\d+)/
const closeHeader = /\r\nconnection: close/i
const headEnd = '\r\n\r\n'

/** A kept-alive HTTP/1.1 connection with one request at a time: as little as a driver can cost. */
export class Connection {
  private socket: Socket | undefined
  private buffer = ''
  /** The server has said that it closes it after this answer. */
  isLast = false
  private waiting: { resolve(status: number): void; reject(error: Error): void } | undefined

  /** @param port on this machine @param from the address that it comes from, one of 127.0.0.0/8 */
  async open(port: number, from = '127.0.0.1'): Promise<this> {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('error', (error) => this.waiting?.reject(error))
    socket.on('close', () => this.waiting?.reject(new Error('the server closed the connection')))
    socket.on('data', (chunk: string) => this.read(chunk))
    this.socket = socket
    return this
  }

  /** Sends one request; resolves with the status once the whole answer is there. */
  request(text: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.socket?.write(text)
    })
  }

  close(): void {
    this.waiting = undefined
    this.socket?.destroy()
  }

  private read(chunk: string): void {
    this.buffer += chunk
    const head = this.buffer.indexOf(headEnd)
    if (head < 0) return
    const end = this.bodyEnd(head + headEnd.length)
    if (end === undefined || this.buffer.length < end) return
    const status = Number(this.buffer.slice(9, 12))
    this.isLast = closeHeader.test(this.buffer.slice(0, head))
    this.buffer = this.buffer.slice(end)
    const { waiting } = this
    this.waiting = undefined
    waiting?.resolve(status)
  }

  private bodyEnd(start: number): number | undefined {
    const head = this.buffer.slice(0, start).toLowerCase()
    const length = lengthHeader.exec(head)
    if (length) return start + Number(length[1])
    if (!head.includes('transfer-encoding: chunked')) return start
    const last = this.buffer.indexOf('0\r\n\r\n', start)
    return last < 0 ? undefined : last + 5
  }
}
