import { crc32, deflateSync } from 'node:zlib'
import { metricWave } from '../metric-wave.ts'

/** Colours of a picture: ground, line, grid. */
const palette = Buffer.from([0x18, 0x1b, 0x1f, 0x73, 0xbf, 0x69, 0x2c, 0x30, 0x36])

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([size, named, sum])
}

/** A panel as the simulated renderer draws it: the course of a metric of this name (PNG). */
export function drawPanel(name: string, width: number, height: number, now: number): Buffer {
  const span = 6 * 3_600_000
  const values = metricWave(name, now - span, now, Math.ceil(span / 200)).map(([, value]) => value)
  const most = Math.max(...values, 0.001) * 1.2
  // Each row begins with the filter that it went through: none.
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(width + 1)
    if (y > 0 && y % Math.max(1, Math.round(height / 5)) === 0) row.fill(2, 1)
    return row
  })
  let before: number | null = null
  for (let x = 0; x < width; x += 1) {
    const value = values[Math.floor((x / width) * values.length)] ?? 0
    const y = Math.min(height - 1, Math.max(0, Math.round(height * (1 - value / most))))
    const from: number = Math.min(before ?? y, y)
    for (let at = from; at <= Math.min(height - 1, Math.max(before ?? y, y) + 2); at += 1)
      rows[at]?.writeUInt8(1, x + 1)
    before = y
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
