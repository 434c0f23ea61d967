import type { TestNode } from '../../../support/node.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A link as `ip -j -d addr` shows it, as far as it is looked at. */
export interface Link {
  readonly ifname: string;
  readonly ifalias?: string;
  readonly link_index?: number;
  readonly ifindex: number;
  readonly flags: string[];
  readonly linkinfo?: Record<string, Json>;
  readonly addr_info?: Record<string, Json>[];
}

/** Every value in what `ip -j` shows, with the path to it. */
export function leaves(value: Json, path: string): [string, string][] {
  if (Array.isArray(value)) return [[path, value.map(String).join(',')]];
  if (value === null || typeof value !== 'object') return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

/** One of our namespaces, or the node's own. */
export interface Place {
  /** `-` is the node's own. */
  readonly name: string;
  /** How `ip` is called there. */
  readonly ip: string;
  /** How another program is called there. */
  readonly enter: string;
  readonly links: readonly Link[];
  readonly routes: readonly Record<string, Json>[];
  readonly save: Readonly<Record<4 | 6, string>>;
}

/** What stands on a node: in its own namespace and in each that has a name. */
export async function placesOf(node: TestNode): Promise<Place[]> {
  const names = (await node.sh('ls /run/netns')).split('\n').filter((name) => name !== '');
  return Promise.all(
    ['-', ...names].map(async (name) => {
      const ip = name === '-' ? 'ip' : `ip -n ${name}`;
      const enter = name === '-' ? '' : `nsenter --net=/run/netns/${name} `;
      const json = async <T>(what: string): Promise<T> => JSON.parse(await node.sh(`${ip} -j -d ${what}`)) as T;
      return {
        name,
        ip,
        enter,
        links: await json<Link[]>('addr'),
        routes: await json<Record<string, Json>[]>('-4 route show table all'),
        save: { 4: await node.sh(`${enter}iptables-save`), 6: await node.sh(`${enter}ip6tables-save`) },
      };
    }),
  );
}

const MARK = 'netloom:demo';

/** Whether a link carries our mark. */
export function isOurs(link: Link): boolean {
  return link.ifalias?.startsWith(MARK) ?? false;
}

/** The local device of a bridge of Open vSwitch is a tap to the kernel. */
export function isBridge(link: Link): boolean {
  return link.linkinfo?.['info_kind'] === 'bridge' || isSwitchs(link);
}

/** Whether a link is the local device of a bridge of Open vSwitch. */
export function isSwitchs(link: Link): boolean {
  return link.ifalias?.endsWith(',ovs-bridge') === true;
}
