import type { AuditRecord } from '../../src/domain/audit-record.ts'
import type { Member } from '../../src/domain/member.ts'
import type { Message } from '../../src/sandbox/slack/model.ts'
import { contentOf, societeX, type TestSandbox } from './sandbox.ts'

/** One tenant of a sandbox, as tests look into it: what is stored of it, and what its people were told. */
export function tenantIn(sandbox: () => TestSandbox, team: string = societeX) {
  const slack = () => sandbox().slack
  const storage = () => sandbox().nox.storage
  const tenantId = async (of: string = team) => (await storage().installations.tenantOf(of)) ?? ''
  return {
    slack,
    storage,
    tenantId,
    /** Who belongs to it, removed ones too. */
    async memberOf(user: string): Promise<Member> {
      const member = await storage().members.findBySlackId(await tenantId(), user)
      if (!member) throw new Error(`no member ${user}`)
      return member
    },
    /** The newest audit record of a command. */
    async lastRecord(command: string): Promise<AuditRecord | undefined> {
      const [record] = await storage().audit.list(await tenantId(), { command, limit: 1 })
      return record
    },
    /** The first direct message of NOX to a person that fits, old or new. */
    directTo: (user: string, fits: RegExp): Promise<Message> =>
      slack().waitForMessage(
        (message) => message.channel === slack().directMessages(team, user) && fits.test(contentOf(message)),
        20_000,
      ),
  }
}
