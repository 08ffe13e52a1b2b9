import type { IncomingMessage, ServerResponse } from 'node:http'

/** The sandbox's page and its files. */
export interface Page {
  handles(path: string): boolean
  listener(request: IncomingMessage, response: ServerResponse): void
}

export function createPage(): Page {
  return { handles: () => false, listener: () => {} }
}
