import { afterAll, beforeAll, describe, it } from 'vitest'
import { expectGolden, openStage, type Stage } from '../helpers/golden.ts'
import { people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol, dora } = people

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.sandbox.stop())

const words = {
  fr: { help: 'aide', of: (topic: string) => `aide ${topic}`, title: /Ici, vous pouvez/, detail: /Se dit aussi/ },
  en: { help: 'help', of: (topic: string) => `help ${topic}`, title: /Here you can/, detail: /Also said/ },
} as const
const topics = {
  fr: [
    'déploie',
    'rollback',
    'redémarre',
    'scale',
    'logs',
    'status',
    'pods',
    'événements',
    'sauvegarde',
    'approuve',
    'refuse',
    'annule',
    'whoami',
    'puis-je',
    'usage',
    'historique',
    'channel.set',
    'channel.show',
    'channel.clear',
    'alias.set',
    'alias.list',
    'alias.remove',
    'alias.lock',
    'alias.unlock',
    'aide',
    'builds',
    'prs',
    'tickets',
  ],
  en: [
    'deploy',
    'rollback',
    'restart',
    'scale',
    'logs',
    'status',
    'pods',
    'events',
    'backup',
    'approve',
    'deny',
    'cancel',
    'whoami',
    'can',
    'usage',
    'audit',
    'channel.set',
    'channel.show',
    'channel.clear',
    'alias.set',
    'alias.list',
    'alias.remove',
    'alias.lock',
    'alias.unlock',
    'help',
    'builds',
    'prs',
    'tickets',
  ],
} as const

describe.each(['fr', 'en'] as const)('help in %s', (language) => {
  it('shows each person what is open to them', async () => {
    stage.scenes.length = 0
    const { help, title } = words[language]
    for (const user of [alice, bob, carol, dora]) await stage.ask(user, `@NOX ${help}`, title)
    const { storage, services } = stage.sandbox.nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    const known = await storage.members.findBySlackId(tenantId, bob)
    if (!known) throw new Error('no Bob')
    await storage.members.update({ ...known, groups: [], allowedActionTypes: ['docs'], role: 'member' })
    services.knowledge.drop(tenantId)
    await stage.ask(bob, `@NOX ${help}`, title, { title: 'someone without rights' })
    await storage.members.update(known)
    services.knowledge.drop(tenantId)
    await expectGolden(`help.${language}`, stage.scenes)
  })

  it('explains each command', async () => {
    stage.scenes.length = 0
    const { of, detail } = words[language]
    for (const topic of topics[language]) await stage.ask(bob, `@NOX ${of(topic)}`, detail)
    await stage.ask(dora, `@NOX ${of('deploy')}`, detail)
    await stage.ask(carol, `@NOX ${of('deploy')}`, detail)
    await stage.ask(bob, `@NOX ${of('report')}`, /Notion/)
    await stage.ask(dora, `@NOX ${of('tickets')}`, detail)
    await expectGolden(`help-detail.${language}`, stage.scenes)
  })
})
