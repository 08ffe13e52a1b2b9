/** Requests of one workspace that are being taken at once; the next ones wait until one of these is taken. */
const mostOfOne = 64

/** Lets requests in: those of a workspace that pours in more than can be taken at once wait for each other alone. */
export interface Doorkeeper {
  /** `null` = come in; else it resolves when one of the same workspace has left. */
  enter(workspace: string): Promise<void> | null
  /** Called once by each that entered. */
  leave(workspace: string): void
}

/** @param most of one workspace, at once */
export function createDoorkeeper(most: number = mostOfOne): Doorkeeper {
  const inside = new Map<string, number>()
  const waiting = new Map<string, (() => void)[]>()
  return {
    enter(workspace) {
      const there = inside.get(workspace) ?? 0
      if (there < most) {
        inside.set(workspace, there + 1)
        return null
      }
      return new Promise((come) => {
        const before = waiting.get(workspace)
        if (before) before.push(come)
        else waiting.set(workspace, [come])
      })
    },
    leave(workspace) {
      const line = waiting.get(workspace)
      const next = line?.shift()
      if (line?.length === 0) waiting.delete(workspace)
      // Its place goes to the next one.
      if (next) return next()
      const there = (inside.get(workspace) ?? 1) - 1
      if (there === 0) inside.delete(workspace)
      else inside.set(workspace, there)
    },
  }
}

interface Envelope {
  readonly team_id?: unknown
  readonly enterprise_id?: unknown
  readonly is_enterprise_install?: unknown
  readonly authorizations?: unknown
}

/**
 * The workspace of an event or a command that may come in any number, or the organisation where NOX is installed in all
 * of it; `null` = a press or a form: one person's, which wait for nobody's flood, not even their own.
 */
export function workspaceOf(body: Envelope & { readonly type?: unknown; readonly command?: unknown }): string | null {
  if (body.type !== 'event_callback' && body.command === undefined) return null
  const [first] = Array.isArray(body.authorizations) ? (body.authorizations as readonly (Envelope | null)[]) : []
  const { team_id, enterprise_id, is_enterprise_install } = first ?? body
  const id = String(is_enterprise_install) === 'true' ? enterprise_id : team_id
  return typeof id === 'string' ? id : ''
}
