import { appTab, type Ui } from './context.ts'
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

/**
 * The language of the frame, and of the Slack of who looks: App Home is asked for anew where it is open. Messages keep
 * their own.
 */
export function nextLang({ store, api, act }: Ui): void {
  const lang = store.model.lang === 'fr' ? 'en' : 'fr'
  localStorage.setItem('nox-lang', lang)
  document.documentElement.lang = lang
  store.set({ lang })
  void act(async () => {
    await api.speak(lang)
    const tab = appTab(store.model)
    if (tab) await api.home(tab)
  })
}
