/** A user group as the channel has it. */
export interface UserGroup {
  readonly id: string
  /** Without the @. */
  readonly handle: string
  readonly name: string
  /** False once it was disabled. */
  readonly isActive: boolean
  /** Ids of people in the channel. */
  readonly users: readonly string[]
}

/** The user groups of a tenant's workspaces. */
export interface UserGroups {
  /**
   * All of them, disabled ones too, or those of one workspace alone: that of an address. `no-scope` = the workspace does not let NOX read them. Rejects
   * where it does not answer.
   */
  list(tenantId: string, beside?: string): Promise<readonly UserGroup[] | 'no-scope'>
  /** Of one of the tenant's workspaces or organisations, and no bot? */
  belongs(tenantId: string, userId: string): Promise<boolean>
}
