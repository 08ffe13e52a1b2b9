import type { Service } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'

/** A version as people name it, and the image that it stands for. */
export interface WantedImage {
  /** `feature/auth`, `v2.4.0`, `3f9c2ab`. */
  readonly version: string
  /** `registry.example/user-api:feature-auth`. */
  readonly image: string
}

const slug = (branch: string) =>
  branch
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 128)
    .replace(/[-.]+$/, '')

/** A tag as the OCI distribution specification allows it. */
const isTag = (value: string) => /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(value)

/**
 * The image that an order stands for, by the service's template. A template with one of `{branch-slug}`, `{tag}`,
 * `{sha}` takes whatever the order names; one with several wants each of them.
 * @param commit what the order's branch or tag stands for, where the code hosting told it
 */
export function wantedImage(service: Service, args: Arguments, commit?: string): WantedImage {
  const given: Record<string, string | undefined> = {
    '{tag}': optionalText(args, 'tag'),
    '{sha}': optionalText(args, 'sha'),
    '{branch-slug}': optionalText(args, 'branch'),
  }
  const version = given['{tag}'] ?? given['{sha}'] ?? given['{branch-slug}'] ?? service.defaultBranch
  if (Object.values(given).every((value) => value === undefined)) given['{branch-slug}'] = service.defaultBranch
  given['{sha}'] ??= commit
  const blanks = Object.keys(given).filter((blank) => service.imageTemplate.includes(blank))
  let image = service.imageTemplate.replaceAll('{service}', service.name)
  for (const blank of blanks) {
    const isNamed = blanks.length === 1 && !(blank === '{sha}' && commit !== undefined)
    const value = isNamed ? version : given[blank]
    const tag = value === undefined ? undefined : value === given['{branch-slug}'] ? slug(value) : value
    if (tag === undefined || !isTag(tag)) throw missing(service, blank)
    image = image.replaceAll(blank, tag)
  }
  return { version, image }
}

function missing(service: Service, blank: string): NoxError {
  const wanted = phrase(blank === '{tag}' ? 'word.version' : blank === '{sha}' ? 'word.sha' : 'word.branch')
  return new NoxError('bad-input', `image template wants ${blank}`, {
    forPerson: phrase('error.image.template', { service: service.name, wanted }),
  })
}
