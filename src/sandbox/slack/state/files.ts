import type { StoredFile } from '../model.ts'

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
}
