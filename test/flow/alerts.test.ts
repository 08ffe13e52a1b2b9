import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people } from '../helpers/sandbox.ts'

const { bob, dora } = people

eachSandbox('alerts and dashboards', (sandbox) => {
  const grafana = () => sandbox().grafana
  const ask = async (user: string, text: string, fits: RegExp) => {
    const { ts } = sandbox().say(user, text)
    return { ts, text: contentOf(await sandbox().answer(ts, fits)) }
  }

  it.each([
    ['fr', '@NOX alertes', /🚨 \*Alertes\* : 3/],
    ['en', '@NOX active alerts', /🚨 \*Alerts\*: 3/],
  ])('shows what fires, in %s', async (_, text, title) => {
    const answer = (await ask(bob, text, title)).text
    expect(answer).toMatch(/\*(critique|critical)\* · .*mailer dépasse 95 %/)
    expect(answer).toContain('/sandbox/grafana/alerting/')
  })

  it('shows what is about one service, also where nothing is', async () => {
    await ask(bob, '@NOX alertes de search', /Alertes\* de `search` : 1/)
    await ask(bob, '@NOX alertes de billing', /Aucune alerte\* de `billing`/)
  })

  it('mutes the alerts of a service for a while, once, and unmutes them at a press', async () => {
    grafana().faults.push({ kind: 'reset', after: true, path: /silences/, times: 1 })
    const { ts } = await ask(bob, '@NOX coupe les alertes de mailer pendant 2h', /Alertes coupées.*`mailer`/)
    expect(grafana().silences).toHaveLength(1)
    const [silence] = grafana().silences
    expect(Date.parse(silence?.endsAt ?? '') - Date.parse(silence?.startsAt ?? '')).toBeGreaterThan(7_000_000)
    expect(silence?.comment).toMatch(/^Bob[^·]* · NOX #\d+ \[nox [0-9A-Z]{26}\]$/)
    await ask(bob, '@NOX alertes de mailer', /coupée/)
    await sandbox().press(bob, await sandbox().answer(ts, /Alertes coupées/), 'Réactiver')
    await sandbox().answer(ts, /Alertes réactivées/)
    await ask(bob, '@NOX réactive les alertes de mailer', /Rien à réactiver/)
  })

  it('asks what to mute, and refuses a guest', async () => {
    await ask(bob, '@NOX coupe les alertes', /Quel service/)
    await ask(dora, '@NOX coupe les alertes de web', /Refusé/)
    expect(grafana().silences).toHaveLength(1)
  })

  it('says that another source is not connected', async () => {
    await ask(bob, '@NOX alertes --source datadog', /Datadog n’est pas connecté/)
  })

  it('finds a dashboard', async () => {
    const answer = (await ask(bob, '@NOX dashboard user-api', /Tableaux de bord\* : 1/)).text
    expect(answer).toContain('/sandbox/grafana/d/svc-user-api/')
    expect(answer).toMatch(/"type":"image"/)
    expect(answer).toContain('panneau Requêtes')
    sandbox().grafana.faults.push({ kind: 'status', status: 404, path: /render/, times: 1 })
    expect((await ask(bob, '@NOX dashboard SLO', /Tableaux de bord\* : 1/)).text).toMatch(/image n’a pas pu/)
    await ask(bob, '@NOX dashboard licorne', /Aucun tableau de bord/)
  })
})
