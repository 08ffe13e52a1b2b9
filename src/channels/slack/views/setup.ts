import { purgeDays } from '../../../domain/retention.ts'
import type { Tenant } from '../../../domain/tenant.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import type { Drawing } from './drawing.ts'
import { type FormField, type FormView, inputBlocks } from './form.ts'
import { controls, opener } from './list.ts'

export type SetupChoices = Pick<Tenant, 'kind' | 'language' | 'timeZone' | 'contact'>

function setupFields({ kind, language, timeZone }: SetupChoices): FormField[] {
  const kinds = (['company', 'individual'] as const).map((each) => ({
    label: phrase(`setup.kind.${each}`),
    value: each,
  }))
  const languages = (['fr', 'en'] as const).map((each) => ({ label: phrase(`setup.language.${each}`), value: each }))
  return [
    { name: 'kind', label: phrase('setup.kind'), options: kinds, value: kind },
    {
      name: 'language',
      label: phrase('setup.language'),
      hint: phrase('setup.language.hint'),
      options: languages,
      value: language,
    },
    {
      name: 'timeZone',
      label: phrase('setup.timeZone'),
      hint: phrase('setup.timeZone.hint'),
      search: true,
      value: timeZone,
    },
  ]
}

/** The first visit, above everything else in Home. */
export const welcomeBlocks = (tenant: SetupChoices, draw: Drawing): SlackBlock[] => [
  draw.header(phrase('setup.title')),
  draw.section(phrase('setup.text')),
  ...inputBlocks(setupFields(tenant), draw.language),
  controls([opener(draw, 'setup.start', 'button.start', 'primary')]),
  { type: 'divider' },
]

/** The same choices later on. */
export const setupForm = (tenant: SetupChoices, metadata: string, note: Phrase | null): FormView => ({
  callbackId: 'setup.save',
  title: phrase('setup.settings'),
  submit: phrase('button.save'),
  metadata,
  ...(note ? { intro: [note] } : {}),
  fields: [
    ...setupFields(tenant),
    {
      name: 'contact',
      label: phrase('setup.contact'),
      hint: phrase('setup.contact.hint', { days: purgeDays }),
      optional: true,
      ...(tenant.contact ? { value: tenant.contact } : {}),
    },
  ],
})
