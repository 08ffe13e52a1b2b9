/** Where the pages of a data center begin below its own path: whoever copies an address has one of them in hand. */
const pages =
  /\/(?:browse\/[A-Z]|projects\/[A-Z][A-Z0-9_]+(?:\/|$)|secure\/|issues\/\?|plugins\/servlet\/|rest\/(?:api|agile)\/|display\/|spaces\/|pages\/|[a-z]+\.(?:action|jsp)\b).*$/

/**
 * Where a site of Atlassian begins, without a slash at its end, whatever page the address was copied from: in the cloud
 * always the host; in a data center the path of its own may stand behind it.
 */
export function siteOf(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/+$/, '')
  const { origin, hostname, pathname, search } = new URL(url)
  if (hostname.endsWith('.atlassian.net')) return origin
  return `${origin}${`${pathname}${search}`.replace(pages, '').replace(/\?.*$/, '').replace(/\/+$/, '')}`
}
