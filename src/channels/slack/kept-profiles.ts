import { readAddress } from '../../domain/workspace-address.ts'
import type { Profile } from './profile.ts'

/** What Slack told of a person to one tenant; a question that is under way has no answer yet. */
export interface KeptProfile {
  readonly tenantId: string
  readonly userId: string
  readonly profile: Promise<Profile>
  answer?: Profile
  /** It is asked for anew from then on (ms since 1970), and compared with what Slack tells until it makes room. */
  until: number
}

/** Profiles by Slack's own id of the person: they may be known to several tenants. */
export interface KeptProfiles {
  get(tenantId: string, userId: string): KeptProfile | undefined
  set(kept: KeptProfile): void
  of(id: string): readonly KeptProfile[]
  forget(kept: KeptProfile): void
}

/** @param most people; who was asked for longest ago makes room */
export function keepProfiles(most: number): KeptProfiles {
  const people = new Map<string, readonly KeptProfile[]>()
  const of = (id: string) => people.get(id) ?? []
  const isOf = (tenantId: string, userId: string) => (each: KeptProfile) =>
    each.userId === userId && each.tenantId === tenantId

  return {
    of,
    get: (tenantId, userId) => of(readAddress(userId).id).find(isOf(tenantId, userId)),
    set(kept) {
      const { id } = readAddress(kept.userId)
      const others = of(id).filter((each) => !isOf(kept.tenantId, kept.userId)(each))
      people.delete(id)
      people.set(id, [...others, kept])
      if (people.size > most) people.delete(people.keys().next().value ?? '')
    },
    forget(kept) {
      const { id } = readAddress(kept.userId)
      const others = of(id).filter((each) => each !== kept)
      if (others.length > 0) people.set(id, others)
      else people.delete(id)
    },
  }
}
