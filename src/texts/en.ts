import type { Template, TextKey } from './keys.ts'

/** Every sentence that NOX says, in English. */
export const en: Record<TextKey, Template> = {
  'deploy.done':
    '✅ *Deployed:* `{service}` to {env}\n`{before}` → `{after}` in {duration} · {ready}/{total} pods ready',
}
