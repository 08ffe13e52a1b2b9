import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { emojiSvg } from './emoji.ts'
import { iconSprite } from './icons.ts'

export interface Asset {
  readonly type: string
  readonly body: Buffer
  readonly etag: string
}

const require = createRequire(import.meta.url)
const client = join(import.meta.dirname, 'client')
const styles = join(import.meta.dirname, 'styles')

/** In the order of the cascade. */
export const styleSheets = [
  'tokens',
  'base',
  'frame',
  'rail',
  'sidebar',
  'tour',
  'pane',
  'message',
  'blocks',
  'composer',
  'popovers',
  'modal',
  'home',
  'inputs',
  'inspector',
  'states',
  'responsive',
  'content',
  'controls',
  'menus',
] as const

const javascript = 'text/javascript; charset=utf-8'
const fonts: Readonly<Record<string, string>> = {
  'fonts/inter.woff2': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  'fonts/jetbrains-mono.woff2': '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
}
/** Libraries of the page, by the address that its import map names. */
const libraries: Readonly<Record<string, string>> = {
  'lib/preact.js': 'preact',
  'lib/hooks.js': 'preact/hooks',
  'lib/htm.js': 'htm',
}

/** The page's files: a fixed list, so that no path reaches anything else. */
export function createAssets(): {
  find(name: string): Asset | undefined
  /** The page's own modules, by the names that `find` knows. */
  readonly modules: readonly string[]
} {
  const sources: Record<string, () => readonly [type: string, body: string | Buffer]> = {
    'icons.svg': () => ['image/svg+xml', iconSprite()],
    'style.css': () => [
      'text/css; charset=utf-8',
      styleSheets.map((name) => readFileSync(join(styles, `${name}.css`))).join('\n'),
    ],
  }
  for (const name of readdirSync(client, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    sources[`client/${name.replaceAll('\\', '/')}`] = () => [javascript, stripped(join(client, name))]
  }
  for (const [name, specifier] of Object.entries(fonts)) {
    sources[name] = () => ['font/woff2', readFileSync(require.resolve(specifier))]
  }
  for (const [name, specifier] of Object.entries(libraries)) {
    sources[name] = () => [javascript, readFileSync(new URL(import.meta.resolve(specifier)))]
  }
  const made = new Map<string, Asset>()

  return {
    modules: Object.keys(sources).filter((name) => name.startsWith('client/') || name.startsWith('lib/')),
    find(name) {
      const known = made.get(name)
      if (known) return known
      const emoji = /^emoji\/([0-9a-f-]+)\.svg$/.exec(name)?.[1]
      const svg = emoji === undefined ? undefined : emojiSvg(emoji)
      const [type, body] = svg === undefined ? (sources[name]?.() ?? []) : (['image/svg+xml', svg] as const)
      if (type === undefined || body === undefined) return undefined
      const bytes = Buffer.from(body)
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
      const asset = { type, body: bytes, etag }
      made.set(name, asset)
      return asset
    },
  }
}

/** A module as browsers read it: spaces stand where its types stood, so that lines keep their numbers. */
const stripped = (path: string): string => stripTypeScriptTypes(readFileSync(path, 'utf8'), { mode: 'strip' })
