import { EventsApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/index.js'
import { type Marks, markTitle } from '../../capabilities/marks.ts'
import { recordOf } from '../shared/read-answer.ts'
import type { DatadogClient } from './client.ts'

/** Events, with the tags of Datadog's unified service tagging. */
export const createMarks = (client: DatadogClient): Marks => ({
  async deployed(mark, call) {
    const { service, environment, version, to, failed, note } = mark
    const api = new EventsApi(client.configuration(call))
    const body = {
      title: markTitle(mark),
      text: note,
      tags: ['source:nox', 'deployment', `service:${service}`, `env:${environment}`, `version:${version}`],
      alertType: failed ? ('error' as const) : ('success' as const),
      dateHappened: Math.floor(to / 1_000),
    }
    const answer = await client.call(api.createEvent({ body }), call, null)
    recordOf('Datadog', answer, { status: 'text' }, ['status'])
  },
})
