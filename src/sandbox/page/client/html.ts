import htm from 'htm'
import { h, type VNode } from 'preact'

/** htm's type speaks of its CommonJS form. */
const { bind } = htm as unknown as { bind: (this: unknown, create: typeof h) => unknown }

/** Markup as tagged templates: values are never read as markup. */
export const html = bind.call(htm, h) as (strings: TemplateStringsArray, ...values: unknown[]) => VNode
export type Markup = VNode | string | null | readonly Markup[]

export const icon = (name: string, size = '') =>
  html`<svg class=${`i ${size}`} aria-hidden="true"><use href=${`/assets/icons.svg#${name}`} /></svg>`
