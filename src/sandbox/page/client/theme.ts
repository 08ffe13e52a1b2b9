import type { Model, Store } from './model.ts'

export const themeIcon = { system: 'monitor', light: 'sun', dark: 'moon' } as const
const next = { system: 'light', light: 'dark', dark: 'system' } as const

/** Light, dark, or as the computer is. */
export function nextTheme(store: Store): void {
  const theme: Model['theme'] = next[store.model.theme]
  localStorage.setItem('nox-theme', theme)
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  store.set({ theme })
}

/** The language of the frame; messages keep their own. */
export function nextLang(store: Store): void {
  const lang = store.model.lang === 'fr' ? 'en' : 'fr'
  localStorage.setItem('nox-lang', lang)
  document.documentElement.lang = lang
  store.set({ lang })
}
