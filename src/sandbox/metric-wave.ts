import { createHash } from 'node:crypto'

/** A believable course of values: the same for a name, with a daily rhythm and some noise. */
export function metricWave(name: string, from: number, to: number, step: number): [at: number, value: number][] {
  const hash = createHash('sha1').update(name).digest()
  const base = 0.2 + (hash[0] ?? 0) / 512
  const phase = ((hash[1] ?? 0) / 256) * 2 * Math.PI
  const points: [number, number][] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const day = Math.sin((at / 86_400_000) * 2 * Math.PI + phase)
    const noise = Math.sin(at / 700_000 + phase) * 0.3 + Math.sin(at / 130_000) * 0.1
    points.push([at, Number((base * (1 + 0.4 * day + noise)).toFixed(4))])
  }
  return points
}

/** How large a metric of this name is: bytes are many, seconds few. */
export const scaleOf = (name: string): number =>
  /memory/.test(name)
    ? 600e6
    : /p95|quantile|duration/.test(name)
      ? 0.4
      : /error|5\.\./.test(name)
        ? 0.3
        : /cpu/.test(name)
          ? 1
          : 90
