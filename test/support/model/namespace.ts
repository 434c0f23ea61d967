import { Address4 } from 'ip-address';
import { present, require } from './refusal.ts';

/** A device. `peer` is the other end of a veth pair. */
export interface ModelLink {
  readonly name: string;
  readonly type: string;
  mtu: string;
  mac: string;
  alias: string;
  isUp: boolean;
  master: string | undefined;
  peer: { readonly namespace: ModelNamespace; readonly link: ModelLink } | undefined;
  /** The words that follow each CIDR. */
  readonly addresses: Map<string, string>;
}

/** Returns a new device that is down. */
export function newLink(
  name: string,
  type: string,
  more: { readonly mtu?: string; readonly mac?: string } = {},
): ModelLink {
  const { mtu = '1500', mac = '' } = more;
  return { name, type, mtu, mac, alias: '', isUp: false, master: undefined, peer: undefined, addresses: new Map() };
}

const OF_DEVICE = /^net\/ipv[46]\/(?:conf|neigh)\/([^/]+)\//;

/** The links, addresses, routes, rules and parameters of a network namespace. */
export class ModelNamespace {
  readonly name: string;
  readonly links = new Map<string, ModelLink>();
  /** The words that follow each destination. */
  readonly routes = new Map<string, string>();
  /** Rules by `family/table/chain`; a built-in chain is added when it is first used. */
  readonly chains = new Map<string, string[]>();
  readonly sysctls = new Map<string, string>();

  constructor(name: string) {
    this.name = name;
    this.links.set('lo', newLink('lo', 'loopback'));
  }

  /** The namespace's mark. */
  get alias(): string {
    return this.link('lo').alias;
  }

  link(name: string): ModelLink {
    return present(this.links.get(name), `device ${name} in ${this.name}`);
  }

  addLink(link: ModelLink): void {
    require(!this.links.has(link.name), `device ${link.name} exists in ${this.name}`);
    this.links.set(link.name, link);
  }

  /** Removes a link from the namespace, with its addresses, routes, ports and parameters. */
  detach(link: ModelLink): void {
    this.links.delete(link.name);
    link.addresses.clear();
    link.master = undefined;
    link.isUp = false;
    for (const other of this.links.values()) if (other.master === link.name) other.master = undefined;
    this.dropRoutesBy(link.name);
    for (const key of this.sysctls.keys()) if (OF_DEVICE.exec(key)?.[1] === link.name) this.sysctls.delete(key);
  }

  deleteLink(link: ModelLink): void {
    this.detach(link);
    const { peer } = link;
    if (peer && peer.namespace.links.get(peer.link.name) === peer.link) peer.namespace.detach(peer.link);
  }

  dropRoutesBy(device: string): void {
    for (const [destination, words] of this.routes)
      if (` ${words} `.includes(` dev ${device} `)) this.routes.delete(destination);
  }

  setSysctl(key: string, value: string): void {
    const device = OF_DEVICE.exec(key)?.[1];
    if (device !== undefined && device !== 'all' && device !== 'default') this.link(device);
    this.sysctls.set(key, value);
  }

  addAddress(device: string, cidr: string, words: string): void {
    const link = this.link(device);
    require(!link.addresses.has(cidr), `${device} has ${cidr}`);
    // On the model's nodes IPv6 is off by default.
    if (cidr.includes(':')) {
      const off = this.sysctls.get(`net/ipv6/conf/${device}/disable_ipv6`) ?? '1';
      require(off === '0', `IPv6 is off on ${device}`);
    }
    link.addresses.set(cidr, words);
  }

  deleteAddress(device: string, cidr: string): void {
    const link = this.link(device);
    require(link.addresses.delete(cidr), `${device} has no ${cidr}`);
    if ([...link.addresses.keys()].every((other) => other.includes(':'))) this.dropRoutesBy(device);
  }

  setRoute(destination: string, words: string, replace: boolean): void {
    require(replace || !this.routes.has(destination), `there is a route to ${destination} in ${this.name}`);
    for (const [, device = ''] of words.matchAll(/\bdev (\S+)/g)) require(this.link(device).isUp, `${device} is down`);
    for (const [, gateway = '', device = ''] of words.matchAll(/\bvia (\S+) dev (\S+)/g))
      require(this.#isOnLink(gateway, device), `the next hop ${gateway} is not reachable by ${device}`);
    this.routes.set(destination, words);
  }

  deleteRoute(destination: string): void {
    require(this.routes.delete(destination), `there is no route to ${destination} in ${this.name}`);
  }

  #isOnLink(gateway: string, device: string): boolean {
    const connected = [...this.link(device).addresses.keys()].filter((cidr) => !cidr.includes(':'));
    const direct = [...this.routes]
      .filter(([destination, words]) => destination !== 'default' && words.includes(`scope link dev ${device}`))
      .map(([destination]) => destination);
    return [...connected, ...direct].some((cidr) => new Address4(gateway).isInSubnet(new Address4(cidr)));
  }
}
