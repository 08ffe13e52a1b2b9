import type { Connection } from '../../capabilities/connectors.ts'
import type { Integration } from '../../domain/integration.ts'
import { webHostOf } from './settings.ts'

/** What a delivery tells of where it comes from; GitHub tells all of it, but for the installation of an App. */
export interface Origin {
  readonly repository?: { readonly full_name?: string; readonly html_url?: string }
  readonly installation?: { readonly id?: number }
}

/**
 * Does a delivery come from the server, and the installation, of this connection? A secret may be that of two tenants:
 * whoever knows it could hand on what GitHub signed for the other.
 */
export function isFromConnection({ repository, installation }: Origin, { integration, secrets }: Connection): boolean {
  const { server, installationId } = integration.settings
  const isApp = secrets.token === undefined
  const id = installation?.id ?? null
  if (isApp && id !== null && String(id) !== installationId) return false
  const page = repository?.html_url ?? ''
  return !URL.canParse(page) || new URL(page).hostname === webHostOf(server)
}

/** Is a repository of an account that the connection reaches? Where that was never told, it is. */
export function reachesOwner({ owners }: Integration, repository: string): boolean {
  const [owner = ''] = repository.toLowerCase().split('/')
  return owners === undefined || owners.includes(owner)
}
