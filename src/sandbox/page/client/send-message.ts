import { ApiError } from './api.ts'
import type { Ui } from './context.ts'

/** Messages that take longer are shown as being sent, ms. */
const patienceMs = 300
let count = 0

/** Sends what was typed; what does not arrive stays visible, to be tried again or thrown away. */
export async function sendMessage(ui: Ui, channel: string, thread: string | null, text: string): Promise<void> {
  const [, command, rest] = /^(\/[a-z]+)(?:\s+([\s\S]*))?$/.exec(text) ?? []
  if (command) return ui.act(() => ui.api.command(channel, command, rest ?? ''))
  count += 1
  const id = `out-${count}`
  const { store } = ui
  const change = (outgoing: { failed: boolean } | null) => {
    const others = store.model.outbox.filter((each) => each.id !== id)
    store.set({ outbox: outgoing ? [...others, { id, channel, thread, text, ...outgoing }] : others })
  }
  // What arrives at once needs no word of its being on its way.
  const slow = setTimeout(() => change({ failed: false }), patienceMs)
  try {
    const { message } = await ui.api.say(channel, text, thread ?? undefined)
    clearTimeout(slow)
    store.putMessages([message])
    change(null)
    if (thread === null && /@nox\b/i.test(text)) ui.open(channel, message.ts)
  } catch (error) {
    clearTimeout(slow)
    change({ failed: true })
    if (error instanceof ApiError) ui.tell(ui.t('failed', { why: error.message }))
  }
}

/** A file's content for a JSON body. */
export function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error)
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''))
    reader.readAsDataURL(file)
  })
}
