import { afterAll, beforeAll, expect, it } from 'vitest'
import { fr } from '../../src/texts/fr.ts'
import { homeOf, pick, plainSpaces } from '../helpers/home.ts'
import { people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const { alice, bob, dora } = people
const freelance = 'T0FREELEA'
const lea = 'U0LEA'
let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
  const orders = [
    [alice, '@NOX crée le groupe astreinte avec Bob', /Fait/],
    [alice, '@NOX invite jean@societe-x.example', /Fait/],
    [bob, '@NOX il fait beau', /rien n’a été lancé/],
    [bob, '@NOX déploie user-api v2.4.0 en production', /Refusé/],
  ] as const
  for (const [user, text, answer] of orders) await sandbox.answer(sandbox.say(user, text).ts, answer)
})
afterAll(() => sandbox.stop())

interface Control {
  readonly action_id: string
  readonly type: string
  readonly options?: readonly { readonly value: string }[]
}

/** Each text of a view, where it stands; what a field begins with is the tenant's own. */
function textsOf(json: unknown, texts: string[] = []): readonly string[] {
  if (Array.isArray(json)) for (const each of json) textsOf(each, texts)
  else if (json !== null && typeof json === 'object')
    for (const [name, value] of Object.entries(json)) {
      if ((name === 'text' || name === 'alt_text') && typeof value === 'string') texts.push(value)
      else if (!/^(initial_|private_metadata$)/.test(name)) textsOf(value, texts)
    }
  return texts
}

function controlsOf(json: unknown, found: Control[] = []): readonly Control[] {
  if (Array.isArray(json)) for (const each of json) controlsOf(each, found)
  else if (json !== null && typeof json === 'object') {
    const control = json as Control
    if (typeof control.action_id === 'string') found.push(control)
    for (const value of Object.values(json)) controlsOf(value, found)
  }
  return found
}

/** Buttons that open a form, and choices of a ⋯ that do something else. */
const opens =
  /^(setup\.open|admin\.add|alerts\.(add|edit|mine|hook)|vendor\.connect|team\.(invite|follow)$|workspace\.(add|join)|zone\.(new|presets)|audit\.record|look\.open)/
const acts = new Set(['test', 'resend', 'revoke', 'unfollow'])

const outsideCode = (text: string) => text.replace(/`[^`]*`|<[^>]*>|https?:\S+/g, 'x')

/** What no person should have to read. */
const faults: readonly (readonly [what: string, (text: string) => boolean])[] = [
  ['a key', (text) => (text.match(/[a-zA-Z]+(\.[\w-]+)+/g) ?? []).some((word) => Object.hasOwn(fr, word))],
  ['a blank', (text) => /\{\w+\}/.test(outsideCode(text)) && !text.includes('{branch-slug}')],
  ['an id', (text) => /\b([0-9A-HJKMNP-TV-Z]{26}|[CUTDGA]0[A-Z]{3,})\b/.test(outsideCode(text))],
  ['a moment for machines', (text) => /\d{4}-\d\d-\d\dT\d\d/.test(text)],
  ['nothing where something should be', (text) => /undefined|\[object|NaN| {2}|\(\)|: *$/.test(outsideCode(text))],
  [
    'English',
    (text) =>
      /\b(the|of|and|with|your|are|this|from|which|who|only|every|development|backups|schedules|look|expires|member|guest)\b/i.test(
        outsideCode(text),
      ),
  ],
]

it.each([
  ['an admin', societeX, alice],
  ['a developer', societeX, bob],
  ['a guest', societeX, dora],
  ['a freelance', freelance, lea],
] as const)(
  'shows %s nothing but words, in each tab and in each form behind it',
  async (_who, team, user) => {
    const home = homeOf(() => sandbox, team)
    const seen = new Map<string, readonly string[]>()
    const first = (await home.open(user)).json
    const tabs = controlsOf(first).flatMap(({ action_id }) => (/^tab\.(\w+)$/.exec(action_id) ?? []).slice(1))
    for (const tab of new Set(['home', ...tabs])) {
      const { json } = await home.tab(user, tab)
      seen.set(tab, textsOf(json))
      for (const { action_id, type, options = [] } of controlsOf(json)) {
        const elements =
          type === 'overflow'
            ? options.filter(({ value }) => !acts.has(value)).map(({ value }) => pick(value))
            : opens.test(action_id)
              ? [undefined]
              : []
        for (const element of elements) {
          const form = await home.form(user, action_id, element)
          seen.set(`${tab}: ${action_id} ${element?.selected_option.value ?? ''}`, textsOf(form.json))
          await home.close(user, form.id)
        }
      }
    }
    expect(seen.size).toBeGreaterThanOrEqual({ [alice]: 60, [bob]: 8, [dora]: 2, [lea]: 30 }[user] ?? 1)
    const wrong = [...seen].flatMap(([where, texts]) =>
      texts.flatMap((text) =>
        faults.filter(([, isWrong]) => isWrong(text)).map(([what]) => `${where}: ${what} in "${text}"`),
      ),
    )
    expect(wrong).toEqual([])
    if (user === bob)
      expect(plainSpaces((seen.get('home') ?? []).join('\n'))).toMatch(/– sans suite · message sans ordre/)
  },
  60_000,
)
