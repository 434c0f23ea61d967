import type { Shell } from '../../src/model/host.ts';

/** The output of programs on a node, by the probe that runs them. */
export type Texts = Readonly<Record<string, string>>;

/** The output of `ip -j` for links and routes. */
export function ip(links: readonly object[], routes: readonly object[] = []): Texts {
  return { ip: `${JSON.stringify(links)}\n${JSON.stringify(routes)}` };
}

/** A link as `ip -j -d link` prints it. */
export function link(ifname: string, ifindex: number, more: object = {}): object {
  const flags = ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'];
  return { ifname, ifindex, flags, mtu: 1500, operstate: 'UP', addr_info: [], ...more };
}

/** An address as `ip -j address` prints it. */
export function address(local: string, prefixlen: number, more: object = {}): object {
  return { family: 'inet', local, prefixlen, scope: 'global', ...more };
}

/**
 * The output of `ovs-vsctl --format=json list` for an empty database, and the exit code of a request to
 * ovs-vswitchd.
 */
export function openvswitch(answer = 0): Texts {
  const types = { headings: ['datapath_types'], data: [[['set', ['netdev', 'system']]]] };
  const empty = { headings: ['name'], data: [] };
  return {
    ovs: [...[types, empty, empty, empty].map((table) => JSON.stringify(table)), `@answer ${answer}`].join('\n'),
  };
}

/** A node as it is read: the output of its probes, and of those of its own namespace. */
export interface FakeNode {
  readonly node?: Texts;
  readonly own?: Texts;
  /** Its named namespaces. */
  readonly namespaces?: Readonly<Record<string, Texts>>;
}

/** A shell that changes nothing and answers reads with these texts. */
export function fakeShell(
  name: string,
  { node = {}, own = {}, namespaces = {} }: FakeNode,
  more: Partial<Shell> = {},
): Shell {
  return {
    node: name,
    pid: 4711,
    rootless: false,
    read(script) {
      const nonce = /^set -- ([0-9a-f]+) /.exec(script)?.[1] ?? '';
      const probes = (texts: Texts): string =>
        Object.entries(texts)
          .map(([id, text]) => `@${nonce} probe ${id}\n${text}\n`)
          .join('');
      const all = Object.entries({ '': own, ...namespaces }).map(
        ([netns, texts]) => `@${nonce} namespace ${netns}\n${probes(texts)}@${nonce} end\n`,
      );
      return Promise.resolve(`@${nonce} node\n${probes(node)}@${nonce} end node\n${all.join('')}`);
    },
    job: () => Promise.resolve({ code: 0, output: '' }),
    lock: () => Promise.resolve({ state: 'taken' }),
    unlock: () => Promise.resolve(),
    close: () => Promise.resolve(),
    ...more,
  };
}
