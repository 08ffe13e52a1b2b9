import type { StoredFile } from '../model.ts'

/** Larger files are forgotten over a restart, bytes. */
const largestSaved = 1024 * 1024

export type SavedFile = Omit<StoredFile, 'content'> & { readonly base64: string }

/** Uploaded files; the oldest go when they weigh more than the limit together. */
export class Files {
  readonly #files = new Map<string, StoredFile>()
  readonly #limitBytes: number
  #bytes = 0

  constructor(limitBytes = 200 * 1024 * 1024) {
    this.#limitBytes = limitBytes
  }

  add(file: StoredFile): void {
    this.#files.set(file.id, file)
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id)
  }

  remove(id: string): void {
    this.#bytes -= this.#files.get(id)?.content?.length ?? 0
    this.#files.delete(id)
  }

  /** Stores the content of a file whose upload was announced. */
  fill(file: StoredFile, content: Buffer): void {
    this.#bytes += content.length - (file.content?.length ?? 0)
    file.content = content
    for (const oldest of this.#files.values()) {
      if (this.#bytes <= this.#limitBytes || oldest === file) break
      this.#bytes -= oldest.content?.length ?? 0
      this.#files.delete(oldest.id)
    }
  }

  save(): SavedFile[] {
    return [...this.#files.values()].flatMap(({ content, ...file }) =>
      content && content.length <= largestSaved ? [{ ...file, base64: content.toString('base64') }] : [],
    )
  }

  load(saved: readonly SavedFile[]): void {
    for (const { base64, ...known } of saved) {
      const file: StoredFile = { ...known, content: null }
      this.add(file)
      this.fill(file, Buffer.from(base64, 'base64'))
    }
  }
}
