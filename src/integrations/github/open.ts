import type { Connected, Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { foldName } from '../../capabilities/people.ts'
import { createClient } from './client.ts'
import { deployedCommit, setDeploymentState, startDeployment } from './deployments.ts'
import { listPulls } from './pulls.ts'
import { listRefs, resolveRef } from './refs.ts'
import { listReleases } from './releases.ts'
import { cancelRun, findRun, listRuns, rerun } from './runs.ts'
import { readLogins } from './settings.ts'
import { testAccess } from './test-access.ts'
import { dispatchWorkflow, findDispatched, workflowInputs } from './workflows.ts'

/** Opens a connection: everything that GitHub gives to commands, bound to one tenant's access. */
export function openGithub(connection: Connection, tools: ConnectorTools): Connected {
  const { settings, account } = connection.integration
  const client = createClient(connection, tools)
  const people = readLogins(settings.people ?? '') ?? new Map<string, string>()
  return {
    test: (call) => testAccess(client, Number(settings.installationId), call),
    repositories: {
      resolve: (repository, ref, call) => resolveRef(client, repository, ref, call),
      refs: (repository, call) => listRefs(client, repository, call),
      runs: (repository, filter, call) => listRuns(client, repository, filter, call),
      run: (repository, id, call) => findRun(client, repository, id, call),
      rerun: (run, call) => rerun(client, run, call),
      cancel: (run, call) => cancelRun(client, run, call),
      pulls: (repository, filter, call) => listPulls(client, repository, filter, call),
      releases: (repository, filter, call) => listReleases(client, repository, filter, call),
      workflowInputs: (repository, workflow, ref, call) => workflowInputs(client, repository, workflow, ref, call),
      dispatchWorkflow: (repository, dispatch, call) => dispatchWorkflow(client, repository, dispatch, call),
      findDispatched: (repository, about, call) => findDispatched(client, repository, about, account, call),
      loginOf: (person) => people.get(foldName(person)) ?? null,
      startDeployment: (repository, deployment, call) => startDeployment(client, repository, deployment, call),
      deployedCommit: (repository, placed, call) => deployedCommit(client, repository, placed, call),
      setDeploymentState: (repository, id, state, call) => setDeploymentState(client, repository, id, state, call),
    },
  }
}
