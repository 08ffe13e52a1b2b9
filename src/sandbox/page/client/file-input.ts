import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { readBase64 } from './send-message.ts'
import type { Element } from './surface.ts'

interface FileInputProps {
  readonly element: Element
  readonly held: Record<string, unknown> | undefined
  readonly id: string
  readonly ui: Ui
  onChange(chosen: Record<string, unknown>): void
}

interface Uploaded {
  readonly id: string
  readonly name: string
}

/** Files of a form: they are uploaded as they are chosen. */
export function FileInput({ element, held, id, ui, onChange }: FileInputProps) {
  const files = (held?.files ?? []) as readonly Uploaded[]
  const most = typeof element.max_files === 'number' ? element.max_files : 10
  const types = (element.filetypes as string[] | undefined)?.map((each) => `.${each}`).join(',')
  const take = (event: Event) =>
    ui.act(async () => {
      const chosen = [...((event.target as HTMLInputElement).files ?? [])].slice(0, most - files.length)
      const added: Uploaded[] = []
      for (const file of chosen) added.push((await ui.api.upload(file.name, await readBase64(file))).file)
      onChange({ files: [...files, ...added] })
    })
  return html`<div>
    ${files.map((file) => html`<span class="chip-in" key=${file.id}>${icon('file-text', 'i14')}${file.name}<button type="button" aria-label=${ui.t('removeChip', { name: file.name })} onClick=${() => onChange({ files: files.filter((each) => each !== file) })}>${icon('x', 'i14')}</button></span>`)}
    ${files.length < most && html`<input class="in" type="file" id=${id} multiple=${most > 1} accept=${types} aria-label=${ui.t('chooseFile')} onChange=${take} />`}
  </div>`
}
