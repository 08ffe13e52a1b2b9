import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Connector } from '../../src/capabilities/connectors.ts'
import { decodeEffect, encodeEffect } from '../../src/channels/slack/blocks/button-value.ts'
import { buildForm } from '../../src/channels/slack/views/form.ts'
import { vendorForm } from '../../src/channels/slack/views/vendor-form.ts'
import { vendors } from '../../src/domain/integration.ts'
import type { VendorDraft, VendorForm } from '../../src/domain/vendor-draft.ts'
import { alertmanager } from '../../src/integrations/alertmanager/index.ts'
import { confluence } from '../../src/integrations/confluence/index.ts'
import { datadog } from '../../src/integrations/datadog/index.ts'
import { github } from '../../src/integrations/github/index.ts'
import { grafana } from '../../src/integrations/grafana/index.ts'
import { jira } from '../../src/integrations/jira/index.ts'
import { notion } from '../../src/integrations/notion/index.ts'
import { teams } from '../../src/integrations/teams/index.ts'
import { draftVendor } from '../../src/request/administration/draft-vendor.ts'
import { fieldsOf } from '../../src/request/administration/vendors.ts'

const all: readonly Connector[] = [github, jira, notion, confluence, grafana, datadog, alertmanager, teams]
const modes: readonly VendorForm[] = ['connect', 'edit', 'rotate']

/** How a secret comes into a field that is none. */
const leaks: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `cpu = ${secret}`,
  (secret) => `https://nox:${secret}@tools.example.com`,
  (secret) => `see https://${secret}@tools.example.com/x`,
  (secret) => `https://tools.example.com/?token=${secret}`,
  (secret) => `https://tools.example.com/#access_token=${secret}`,
  (secret) => `Bearer ${secret}`,
  (secret) => `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`,
]
const secretOf = (shape: string) => fc.stringMatching(/^[A-Za-z0-9]{24}$/).map((text) => shape + text)

/** All that is ever sent to Slack of a draft. */
function sentOf(connector: Connector, draft: VendorDraft): string {
  const { vendor, mode, version } = draft
  const form = vendorForm(vendor, fieldsOf(connector, mode), mode, { known: null, version, draft }, 'fr')
  return JSON.stringify([
    draft,
    buildForm(form, 'fr'),
    encodeEffect({ kind: 'open', surface: 'correct-vendor', draft }),
  ])
}

it('is known of every vendor', () => {
  expect(all.map(({ vendor }) => vendor).sort()).toEqual([...vendors].sort())
})

describe.each(all.map((connector) => [connector.vendor, connector] as const))(
  'the draft of %s',
  (vendor, connector) => {
    const named = (isWanted: (kind: string) => boolean) =>
      connector.settings.filter(({ kind }) => isWanted(kind)).map(({ name }) => name)
    const [hidden, open] = [named((kind) => kind === 'secret'), named((kind) => kind !== 'secret')]

    it('holds no secret, whichever field it was pasted into', () => {
      const given = fc.record({
        mode: fc.constantFrom(...modes),
        secrets: fc.tuple(...hidden.map(() => fc.constantFrom('', 'ghp_', 'glsa_').chain(secretOf))),
        // Pasted into a wrong field alone: nothing but its place or its shape tells what it is.
        lone: secretOf(''),
        places: fc.tuple(...open.map(() => fc.nat(leaks.length * 2 + 1))),
      })
      fc.assert(
        fc.property(given, ({ mode, secrets, lone, places }) => {
          const own = Object.fromEntries(hidden.map((name, at) => [name, secrets[at] ?? '']))
          const leaked = (place: number) =>
            place < leaks.length ? leaks[place]?.(secrets[0] ?? '') : leaks.slice(2)[place - leaks.length]?.(lone)
          const settings = Object.fromEntries(open.map((name, at) => [name, leaked(places[at] ?? 0) ?? 'plain']))
          const draft = draftVendor(connector, own, { vendor, mode, version: 1, settings, secrets: own })
          const sent = sentOf(connector, draft)
          for (const secret of [...secrets, lone]) expect(sent).not.toContain(secret)
          expect(draft.again).toEqual(expect.arrayContaining(hidden))
        }),
      )
    })

    it('keeps all the rest, and names the secrets that were entered', () => {
      const settings = Object.fromEntries(open.map((name) => [name, `https://tools.example.com/${name}?pvs=4`]))
      const secrets = Object.fromEntries(hidden.map((name) => [name, `${name}-0123456789`]))
      const [typed = '', ...kept] = hidden
      const form = { [typed]: secrets[typed] }
      for (const mode of modes) {
        const draft = draftVendor(connector, form, { vendor, mode, version: 3, settings, secrets })
        expect(draft).toEqual({ vendor, mode, version: 3, fields: mode === 'rotate' ? {} : settings, again: [typed] })
        for (const name of kept) expect(sentOf(connector, draft)).not.toContain(secrets[name])
      }
    })

    it('fits into a button, whatever its length, and says what it had to leave out', () => {
      const fields = fc.record(Object.fromEntries(open.map((name) => [name, fc.string({ maxLength: 3_000 })])))
      fc.assert(
        fc.property(fields, fc.constantFrom(...modes), fc.subarray(hidden), (typed, mode, again) => {
          const draft = { vendor, mode, version: 2, fields: typed, again }
          const value = encodeEffect({ kind: 'open', surface: 'correct-vendor', draft })
          expect(value?.length).toBeLessThanOrEqual(2_000)
          const read = decodeEffect(value ?? '')
          if (read?.kind !== 'open' || read.surface !== 'correct-vendor') throw new TypeError('no draft')
          expect(typed).toMatchObject(read.draft.fields)
          const lost = Object.keys(typed).filter((name) => !(name in read.draft.fields))
          expect(read.draft).toMatchObject({ vendor, mode, version: 2 })
          expect([...read.draft.again].sort()).toEqual([...again, ...lost].sort())
        }),
      )
    })
  },
)

it('compares a short secret with the whole of a field alone', () => {
  const checked = { vendor: 'alertmanager', mode: 'connect', version: 0 } as const
  const settings = { url: 'http://x:9093', user: 'ops' }
  const draft = (token: string) => draftVendor(alertmanager, { token }, { ...checked, settings, secrets: { token } })
  expect(draft('x').fields).toEqual(settings)
  expect(draft('ops')).toMatchObject({ fields: { url: settings.url }, again: ['user', 'token'] })
})

it('knows the channels of Teams by their names, which stand beside their secret addresses', () => {
  const secrets = {
    webhooks: 'Incidents = https://x.webhook.office.com/abc\nReleases = https://x.webhook.office.com/def',
  }
  const checked = {
    vendor: 'teams',
    mode: 'connect',
    version: 0,
    settings: { incidents: 'Incidents' },
    secrets,
  } as const
  expect(draftVendor(teams, secrets, checked)).toMatchObject({
    fields: { incidents: 'Incidents' },
    again: ['webhooks'],
  })
})
