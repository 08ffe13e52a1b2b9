import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick, readable } from '../helpers/home.ts'
import { people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob } = people

eachSandbox('App Home of a large tenant', (sandbox) => {
  const home = homeOf(sandbox)
  const { slack, storage, tenantId } = tenantIn(sandbox)

  it('is drawn within Slack’s limits, every tab, form and preview, with 500 members, 200 zones, 100 services', async () => {
    const tenant = await tenantId()
    const pattern = await storage().members.findBySlackId(tenant, bob)
    const [service] = await storage().catalogue.services(tenant)
    if (!pattern || !service) throw new Error('nobody, nothing')
    for (let n = 0; n < 500; n += 1) {
      const groups = [`team-${n % 120}`, 'developers']
      const name = n % 2 ? `Personne au très long nom de famille numéro ${n}` : `P${n}`
      await storage().members.create({ ...pattern, id: `many-${n}`, slackUserId: `U0MANY${n}`, name, groups })
    }
    for (let n = 0; n < 200; n += 1) {
      await storage().zones.save({
        tenantId: tenant,
        id: `zone-${n}`,
        name: `zone ${n}`,
        environments: n % 3 ? ['production', `qualification-${n % 40}`] : ['*'],
        resources: [`svc-${n}-*`, `client-${n}`],
        actions: n % 2 ? ['deploy', 'restart'] : ['*'],
        grants: [{ group: `team-${n % 120}`, requirement: { kind: 'approval', group: 'seniors', approvers: 2 } }],
      })
    }
    for (let n = 0; n < 100; n += 1) {
      await storage().catalogue.saveService({ ...service, id: `svc-${n}`, name: `svc-${n}-api`, aliases: [] })
    }
    sandbox().nox.services.knowledge.drop(tenant)

    for (const tab of ['home', 'integrations', 'team', 'permissions', 'billing', 'audit', 'analytics']) {
      await home.open(alice)
      await home.use(alice, `tab.${tab}`)
      await home.see(alice, new RegExp(`"tab\\\\":\\\\"${tab}`))
    }
    const team = await home.tab(alice, 'team')
    expect(team.text).toMatch(/1–10 sur 50\d/)
    const groups = await home.form(alice, `team.member.${pattern.id}`, pick('groups'))
    await home.close(alice, groups.id)

    expect((await home.tab(alice, 'permissions')).text).toMatch(/1–10 sur 20\d/)
    const rules = await home.form(alice, 'zone.new')
    // More than a hundred groups do not fit a menu: they are typed.
    expect(rules.text).toContain('Noms de groupes, séparés par des virgules')
    const fields = {
      name: 'tout',
      environments: ['*'],
      actions: ['*'],
      direct: 'team-7',
      approved: 'developers',
      approver: 'seniors',
    }
    const sent = await home.submit(alice, rules.id, fields)
    expect(sent.errors).toBeUndefined()
    const preview = readable(slack().views(alice).at(-1)?.json)
    expect(preview).toContain('*Gagne :*')
    expect(preview).toMatch(/et \d+ de plus/)
    await slack().submitView(societeX, alice, slack().views(alice).at(-1)?.id ?? '', {})
    expect((await storage().zones.list(tenant)).map(({ name }) => name)).toContain('tout')
  }, 120_000)
})
