import { subscribe, unsubscribe } from 'node:diagnostics_channel'

/** Notes the paths that this process asks for, from now on; `stop` gives them. */
export function trackRequests(): { stop(): readonly string[] } {
  const paths: string[] = []
  const note = (message: unknown) => {
    paths.push((message as { readonly request: { readonly path: string } }).request.path)
  }
  subscribe('undici:request:create', note)
  return {
    stop() {
      unsubscribe('undici:request:create', note)
      return paths
    },
  }
}
