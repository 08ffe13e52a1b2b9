import ipaddr from 'ipaddr.js'

/** Which addresses NOX may connect to: the public internet, and what the operator allows besides. */
export interface AddressPolicy {
  /** May a connection go to this address, which this host name stands for? */
  allows(address: string, hostname: string): boolean
}

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

function parseNetwork(text: string): Network | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  if (!ipaddr.isValid(text)) return null
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/**
 * Public by their form alone: IPv4 inside of IPv6 as RFC 4291 once had it, and the inside of Azure's machines
 * (learn.microsoft.com, "What is IP address 168.63.129.16?").
 */
const closed: readonly Network[] = [ipaddr.parseCIDR('::/96'), ipaddr.parseCIDR('168.63.129.16/32')]

const contains = ([network, bits]: Network, address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  network.kind() === address.kind() && address.match(network, bits)

/**
 * @param allowPrivate hosts, addresses and networks (CIDR) that are allowed although they are not public
 */
export function createAddressPolicy(allowPrivate: readonly string[]): AddressPolicy {
  const networks = allowPrivate.map(parseNetwork).filter((each): each is Network => each !== null)
  const hosts = new Set(allowPrivate.filter((each) => parseNetwork(each) === null).map((each) => each.toLowerCase()))
  return {
    allows(text, hostname) {
      if (!ipaddr.isValid(text)) return false
      const address = ipaddr.process(text)
      if (networks.some((network) => contains(network, address))) return true
      if (hosts.has(hostname.toLowerCase())) return true
      return address.range() === 'unicast' && !closed.some((network) => contains(network, address))
    },
  }
}
