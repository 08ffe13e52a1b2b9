/**
 * A way that a vendor names, as a link to its own pages: what would lead elsewhere leads to its first page.
 * @param origin where people open the vendor: `https://grafana.acme.example`
 */
export function linkAt(origin: string, way: string): string {
  const url = URL.canParse(way, `${origin}/`) ? new URL(way, `${origin}/`) : null
  return url?.origin === new URL(origin).origin ? url.href : `${origin}/`
}
