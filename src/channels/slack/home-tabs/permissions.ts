import { actionTypes } from '../../../domain/command-spec.ts'
import type { Member } from '../../../domain/member.ts'
import { effectOf, sayActionType, sayVerdict } from '../../../domain/say-verdict.ts'
import { decide } from '../../../permissions/index.ts'
import { mayManageZones } from '../../../request/governance/index.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { type Explored, permissionsBlocks } from '../views/zones.ts'
import type { Tab, TabContext } from './tab.ts'

/** Environments that an answer tells where none was chosen. */
const mostEnvironments = 5

/** What the rules say to a question, and the zones that say it. */
export const permissionsTab: Tab = {
  name: 'permissions',
  mayOpen: (member) => member.role !== 'guest',
  async read(context) {
    const { channel, tenantId, member, snapshot, state, draw } = context
    const isIndividual = snapshot.knowledge.tenant.kind === 'individual'
    const [zones, explored, members] = await Promise.all([
      channel.storage.zones.list(tenantId),
      explore(context),
      isIndividual ? channel.storage.members.list(tenantId) : null,
    ])
    const guests = members?.filter(({ role }) => role === 'guest') ?? null
    return permissionsBlocks({ zones, manages: mayManageZones(member), page: state.page ?? 0, explored, guests }, draw)
  },
}

async function explore({ channel, tenantId, member, snapshot, state }: TabContext): Promise<Explored> {
  const { set = {} } = state
  const [environments, chosen] = await Promise.all([
    channel.governance.zones.environments(tenantId),
    set.person === undefined ? null : channel.storage.members.find(tenantId, set.person),
  ])
  const action = actionTypes.find((type) => type === set.action) ?? null
  const environment = environments.find((name) => name === set.environment) ?? null
  const service = snapshot.knowledge.services.find(({ name }) => name === set.service) ?? null
  const person = chosen?.removedAt === undefined ? chosen : null
  const who = person ?? member
  const lines = (): Phrase[] => {
    if (action === null) return []
    const resources = service === null ? [] : [service.name, ...service.aliases]
    const about = { command: action, action, effect: effectOf(action), resources }
    const asked = environment === null ? environments.slice(0, mostEnvironments) : [environment]
    return [
      aboutLine(who),
      ...asked.map((each) => {
        const question = { ...about, environment: each }
        return sayVerdict(sayActionType(action, each), decide(who, snapshot.zones, question))
      }),
    ]
  }
  return {
    action,
    environment,
    environments,
    person: person && { id: person.id, name: person.name },
    service: service?.name ?? null,
    lines: lines(),
  }
}

const aboutLine = ({ name }: Member): Phrase => phrase('zones.can.about', { name })
