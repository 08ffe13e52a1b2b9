import type { TenantSnapshot } from '../../../actions/tenant-knowledge.ts'
import type { Member } from '../../../domain/member.ts'
import type { Tenant } from '../../../domain/tenant.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import type { SlackChannel } from '../channel.ts'
import type { Drawing, HomeReader } from '../views/drawing.ts'
import type { HomeState, TabName } from '../views/home-state.ts'

/** What a tab reads from, for one person. */
export interface TabContext {
  readonly channel: SlackChannel
  readonly tenantId: string
  readonly userId: string
  readonly member: Member
  readonly snapshot: TenantSnapshot
  readonly state: HomeState
  readonly draw: Drawing
  readonly reader: HomeReader
}

/** One tab of Home: who may open it, and what it shows them. */
export interface Tab {
  readonly name: TabName
  mayOpen(member: Member, tenant: Tenant): boolean
  read(context: TabContext): Promise<readonly SlackBlock[]>
}
