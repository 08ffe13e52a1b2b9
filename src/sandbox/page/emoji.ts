import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

interface IconSet {
  readonly icons: Readonly<Record<string, { readonly body: string }>>
  readonly aliases?: Readonly<Record<string, { readonly parent: string }>>
  readonly chars?: Readonly<Record<string, string>>
}

let icons: IconSet | undefined
let chars: Readonly<Record<string, string>> | undefined

/** The Noto emoji of code points such as `2705` or `1f331`; `undefined` = the set has none. */
export function emojiSvg(codePoints: string): string | undefined {
  icons ??= require('@iconify-json/noto/icons.json') as IconSet
  chars ??= require('@iconify-json/noto/chars.json') as Record<string, string>
  const name = chars[codePoints] ?? chars[codePoints.replace(/-fe0f/g, '')]
  if (name === undefined) return undefined
  const icon = icons.icons[name] ?? icons.icons[icons.aliases?.[name]?.parent ?? '']
  return icon && `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">${icon.body}</svg>`
}
