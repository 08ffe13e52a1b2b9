import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { botEvents, botScopes, optionalBotScopes } from '../src/channels/slack/scopes.ts'

interface Manifest {
  readonly oauth_config: { readonly scopes: { readonly bot: string[]; readonly bot_optional: string[] } }
  readonly settings: { readonly event_subscriptions: { readonly bot_events: string[] } }
}

const manifest = parse(readFileSync(resolve(import.meta.dirname, '../slack-app-manifest.yml'), 'utf8')) as Manifest
const folder = process.env.NOX_CONTRACTS ?? resolve(import.meta.dirname, '../../shared/contracts')
const schema = resolve(folder, 'slack-manifest-v2.schema.json')

it('asks for the scopes and events that the code uses, and for no others', () => {
  expect(manifest.oauth_config.scopes.bot).toEqual([...botScopes])
  expect(manifest.oauth_config.scopes.bot_optional).toEqual([...optionalBotScopes])
  expect(manifest.settings.event_subscriptions.bot_events).toEqual([...botEvents])
})

it.skipIf(!existsSync(schema))('is what Slack accepts as a manifest (needs Slack’s schema beside the project)', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
  validate(manifest)
  expect(validate.errors ?? []).toEqual([])
})
