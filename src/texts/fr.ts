/** Every sentence that NOX says, in French. */
export const fr = {
  'deploy.done':
    '✅ *Déployé :* `{service}` en {env}\n`{before}` → `{after}` en {duration} · {ready}/{total} pods prêts',
} as const
