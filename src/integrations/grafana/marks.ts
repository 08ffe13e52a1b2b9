import { type Marks, markTitle } from '../../capabilities/marks.ts'
import type { GrafanaClient } from './client.ts'

/** Annotations of the whole organisation: dashboards show them by their tags. */
export const createMarks = (client: GrafanaClient): Marks => ({
  async deployed(mark, call) {
    const { service, environment, from, to, failed, note } = mark
    const state = failed ? ['failed'] : []
    const body = {
      text: `${markTitle(mark)} · ${note}`,
      tags: ['nox', 'deployment', `service:${service}`, `env:${environment}`, ...state],
      time: Math.floor(from),
      timeEnd: Math.floor(to),
    }
    await client.send({ method: 'POST', path: '/annotations', body }, call)
  },
})
