/**
 * Where a site of Atlassian begins, without a slash at its end: in the cloud always the host, whatever page the address was
 * copied from; in a data center the address as it stands, since it may have a path of its own.
 */
export function siteOf(url: string): string {
  const isCloud = URL.canParse(url) && new URL(url).hostname.endsWith('.atlassian.net')
  return isCloud ? new URL(url).origin : url.replace(/\/+$/, '')
}
