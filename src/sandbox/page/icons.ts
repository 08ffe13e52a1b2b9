import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The icons that the page draws, by their names in Lucide. */
export const iconNames = [
  'activity',
  'arrow-left',
  'at-sign',
  'check',
  'chevron-down',
  'circle-alert',
  'download',
  'ellipsis',
  'eye',
  'file-text',
  'hash',
  'info',
  'lock',
  'message-square',
  'monitor',
  'moon',
  'search',
  'send-horizontal',
  'square',
  'sun',
  'x',
  'zap',
  'map',
  'arrow-right',
  'plus',
  'smile',
  'type',
  'pause',
  'play',
  'trash-2',
  'chevron-right',
  'users',
  'log-out',
  'rotate-ccw',
  'paperclip',
  'square-slash',
  'circle',
  'circle-check',
  'circle-x',
  'loader-circle',
  'calendar',
  'clock',
  'link',
  'external-link',
  'user',
  'copy',
  'circle-play',
  'messages-square',
  'triangle-alert',
  'server',
] as const

/** One file with every icon as a symbol: `<use href="/assets/icons.svg#moon">`. */
export function iconSprite(): string {
  const symbols = iconNames.map((name) => {
    const svg = readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), 'utf8')
    const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1] ?? ''
    const style = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return `<symbol id="${name}" viewBox="0 0 24 24" ${style}>${inside}</symbol>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`
}
