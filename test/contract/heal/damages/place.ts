import type { TestNode } from '../../../support/node.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The fields used of a link that `ip -j -d addr` shows. */
export interface Link {
  readonly ifname: string;
  readonly ifalias?: string;
  readonly link_index?: number;
  readonly ifindex: number;
  readonly flags: string[];
  readonly linkinfo?: Record<string, Json>;
  readonly addr_info?: Record<string, Json>[];
}

/** Returns every value in the output of `ip -j`, with its path. */
export function leaves(value: Json, path: string): [string, string][] {
  if (Array.isArray(value)) return [[path, value.map(String).join(',')]];
  if (value === null || typeof value !== 'object') return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

/** One of our namespaces, or the node's own. */
export interface Place {
  /** `-` is the node's own. */
  readonly name: string;
  /** The words that call `ip` there. */
  readonly ip: string;
  /** The words that call another program there. */
  readonly enter: string;
  readonly links: readonly Link[];
  readonly routes: readonly Record<string, Json>[];
  readonly save: Readonly<Record<4 | 6, string>>;
}

/** The observed state of a node: of its own namespace and of each named one. */
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

/** Returns whether a link carries our mark. */
export function isOurs(link: Link): boolean {
  return link.ifalias?.startsWith(MARK) ?? false;
}

/** The local device of an Open vSwitch bridge is a tap to the kernel. */
export function isBridge(link: Link): boolean {
  return link.linkinfo?.['info_kind'] === 'bridge' || isSwitchs(link);
}

/** Returns whether a link is the local device of an Open vSwitch bridge. */
export function isSwitchs(link: Link): boolean {
  return link.ifalias?.endsWith(',ovs-bridge') === true;
}
