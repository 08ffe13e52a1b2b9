import type { Tenant, WorkspaceList } from '../../../domain/tenant.ts'
import { phrase } from '../../../texts/phrase.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import type { Drawing } from './drawing.ts'
import type { FormView } from './form.ts'
import { controls, opener } from './list.ts'

/** So many workspaces and requests are shown; of more it is said how many. */
const mostShown = 10

/** The tenant's workspaces and who asks to join, for its admins; the ways to bring workspaces together. */
export function workspaceBlocks(draw: Drawing, tenant: Tenant, { workspaces, requests }: WorkspaceList): SlackBlock[] {
  const isCompany = tenant.kind === 'company'
  const more = workspaces.length - mostShown
  return [
    ...(workspaces.length > 1 || requests.length > 0
      ? [draw.header(phrase('workspace.title', { n: workspaces.length }))]
      : []),
    ...(workspaces.length > 1 ? workspaces.slice(0, mostShown).map((each) => lineOf(draw, tenant, each)) : []),
    ...(more > 0 ? [draw.context(phrase('home.more', { n: more }))] : []),
    ...requests.slice(0, mostShown).flatMap(({ id, asked, expiresAt }) => [
      draw.section(
        phrase('workspace.request', {
          workspace: asked.workspaceName,
          tenant: tenant.name,
          person: asked.userName,
          until: { kind: 'time', at: expiresAt, as: 'date' },
        }),
      ),
      controls([
        opener(draw, `workspace.accept.${id}`, 'button.workspace.accept', 'primary'),
        opener(draw, `workspace.refuse.${id}`, 'button.deny', 'danger'),
      ]),
    ]),
    controls([
      ...(isCompany ? [opener(draw, 'workspace.add', 'button.workspace.add')] : []),
      ...(workspaces.length > 1 ? [] : [opener(draw, 'workspace.join', 'button.workspace.join')]),
    ]),
  ].filter((block) => !('elements' in block && Array.isArray(block.elements) && block.elements.length === 0))
}

function lineOf(draw: Drawing, tenant: Tenant, { workspaceId, name, joinedAt }: WorkspaceList['workspaces'][number]) {
  if (typeof joinedAt !== 'number') return draw.section(phrase('workspace.line.first', { name: name ?? tenant.name }))
  const since = { kind: 'time', at: joinedAt, as: 'date' } as const
  const line = phrase('workspace.line', { name: name ?? workspaceId, since })
  return draw.section(line, opener(draw, `workspace.leave.${workspaceId}`, 'button.workspace.leave'))
}

/** Where the code of another workspace's admin is pasted. */
export const joinForm = (metadata: string): FormView => ({
  callbackId: 'workspace.join',
  title: phrase('button.workspace.join'),
  submit: phrase('button.continue'),
  metadata,
  intro: [phrase('workspace.join.about')],
  fields: [{ name: 'code', label: phrase('field.code') }],
})
