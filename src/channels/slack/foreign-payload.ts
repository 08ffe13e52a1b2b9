/** A signed request that neither Slack nor a form of NOX makes: it is refused, and nothing of it is done. */
export class ForeignPayload extends Error {
  override readonly name = 'ForeignPayload'
}

/** Whether an error is one, or what Bolt wrapped around one. */
export const isForeign = (error: unknown): boolean =>
  error instanceof ForeignPayload || (error as { original?: unknown } | null)?.original instanceof ForeignPayload

/**
 * What a modal of NOX was opened on, as Slack gives it back; `{}` where it was opened on nothing.
 * @throws ForeignPayload where it is no JSON object
 */
export function readPrivateMetadata(view: { readonly private_metadata?: unknown }): Readonly<Record<string, unknown>> {
  const { private_metadata: text = '' } = view
  if (text === '') return {}
  let read: unknown
  try {
    read = JSON.parse(String(text))
  } catch {
    read = null
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw new ForeignPayload('the metadata of a modal are none of ours')
  }
  return read as Readonly<Record<string, unknown>>
}
