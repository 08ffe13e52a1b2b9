import type { Core } from './core.ts'
import { SlackError } from './errors.ts'

const icons = ['🚀', '🌊', '🪐', '🌲', '🔭'] as const
/** Workspaces that one sandbox takes. */
const most = 20

/** A workspace of a person's own, with an admin and a colleague; the app is not installed yet. */
export function newWorkspace(core: Core, typed: string): { team: string; user: string; channel: string } {
  const name = typed.trim()
  if (name === '' || [...name].length > 40) throw new SlackError('invalid_name')
  if (core.world.teams.size >= most) throw new SlackError('too_many_workspaces')
  const id = core.ids.next('T')
  const own = id.slice(1)
  const domain = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const user = `U${own}A`
  const channel = `C${own}A`
  const person = (userId: string, handle: string, realName: string, title: string, color: string) => ({
    id: userId,
    name: handle,
    realName,
    title,
    color,
    email: `${handle}@${domain || own.toLowerCase()}.example`,
    locale: 'fr-FR',
    isAdmin: title === 'admin',
  })
  core.world.add({
    id,
    name,
    domain: domain || own.toLowerCase(),
    kind: 'company',
    icon: icons[core.world.teams.size % icons.length] ?? icons[0],
    botUserId: `U${own}Z`,
    people: [
      person(user, 'sam', 'Sam Rivera', 'admin', '#2f6f8f'),
      person(`U${own}B`, 'noa', 'Noa Weber', 'developer', '#6b3fa0'),
    ],
    channels: [
      { id: channel, name: 'general', topic: name, invitesApp: true },
      { id: `C${own}B`, name: 'devops', topic: '', invitesApp: true },
    ],
  })
  core.hub.emit({ type: 'workspaces' })
  return { team: id, user, channel }
}
