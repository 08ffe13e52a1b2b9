import { onTestFinished } from 'vitest'
import type { Clusters } from '../../src/capabilities/clusters.ts'
import { NoxError } from '../../src/errors.ts'
import type { OpenFresh } from './each-database.ts'
import { type RunningRoad, startRoad } from './start-road.ts'

/** A cluster that is cut off: every call of it ends as a lost connection does. */
const cutOff = new Proxy({} as Clusters, {
  get: () => async () => {
    throw new NoxError('unreachable', 'connection refused')
  },
})

/** A road on a fresh database whose clusters cannot be reached; it stops with the test. */
export async function startCutOffRoad(open: OpenFresh): Promise<RunningRoad> {
  const { storage } = await open()
  const running = await startRoad(storage, cutOff)
  onTestFinished(running.stop)
  return running
}
