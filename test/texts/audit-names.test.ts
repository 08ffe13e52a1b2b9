import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { findCommand } from '../../src/commands/index.ts'
import { fr } from '../../src/texts/fr.ts'

const source = resolve(import.meta.dirname, '../../src')
const folders = ['actions', 'channels', 'request', 'storage']
const code = folders
  .flatMap((folder) =>
    readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(source, folder, name)),
  )
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n')
/** Where the source names what a record of the audit is about. */
const forms = [/\bcommand(?: =|:) '([\w.]+)'/g, /\brefusal\(tenantId, \w+, '([\w.]+)'/g, /\? '([\w.]+)' : `billing\./g]
const named = new Set(forms.flatMap((form) => [...code.matchAll(form)].map(([, name = '']) => name)))
const links = ['overview', 'card', 'cancel'].map((kind) => `billing.${kind}`)

it('has a name in words for whatever a record of the audit is about', () => {
  expect(named.size).toBeGreaterThan(40)
  const nameless = [...named, ...links].filter((name) => !findCommand(name) && !Object.hasOwn(fr, `command.${name}`))
  expect(nameless).toEqual([])
})
