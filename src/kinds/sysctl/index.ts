import type { Command } from '../../model/command.ts';
import { needOf, type Kind } from '../../model/kind.ts';
import type { Netns, Observed } from '../../model/resource.ts';
import { BRIDGE_NF, bridgeNfProbe } from '../../kernel/netfilter/bridge-nf.ts';
import { onceByView } from '../../kernel/probes/once.ts';
import { sysctlProbe } from '../../kernel/probes/sysctl.ts';
import { sysctlFields } from './fields.ts';
import type { SysctlSpec } from './spec.ts';
import { insideNetns } from '../netns/spec.ts';
import { SYSCTL } from './spec.ts';
import { asText } from '../words.ts';

const OF_DEVICE = /^net\/ipv[46]\/(?:conf|neigh)\/([^/]+)\//;

function write(netns: Netns, key: string, value: string): Command[] {
  return [{ tool: 'sysctl', netns, key, value }];
}

const inNamespace = onceByView<Observed<SysctlSpec>>(({ netns, get }, node) =>
  [...(get(sysctlProbe) ?? [])].map(([name, value]) => {
    return { node, netns, kind: SYSCTL, name, owner: 'foreign', spec: { value } };
  }),
);

/**
 * A kernel parameter of a namespace. It can't be deleted; one in the node's own namespace keeps the value that was set.
 */
export const sysctlKind: Kind<SysctlSpec> = {
  name: SYSCTL,
  ...sysctlFields,
  counted: { one: 'sysctl', many: 'sysctls' },
  ownership: {
    ours: 'never ours: updated, never deleted',
    notes:
      'a sysctl cannot carry a mark; in a namespace of ours it is deleted with the namespace; a sysctl of the node ' +
      'keeps the value that was set, and `destroy` lists it',
  },
  foreign: 'borrowed',
  describe: ({ value }) => asText(value),
  probes: [sysctlProbe, bridgeNfProbe],

  observe(view, topology) {
    const found = view.namespaces.flatMap((namespace) => inNamespace(namespace, view.node, topology));
    const bridged = view.get(bridgeNfProbe);
    for (const program of bridged?.loaded === true ? (['iptables', 'ip6tables'] as const) : []) {
      const value = bridged?.[program] === true ? '1' : '0';
      const name = BRIDGE_NF[program];
      found.push({ node: view.node, netns: null, kind: SYSCTL, name, owner: 'foreign', spec: { value } });
    }
    return found;
  },

  *needs({ netns, name }) {
    if (netns !== null) yield insideNetns(netns, true);
    const device = OF_DEVICE.exec(name)?.[1];
    if (device !== undefined && device !== 'all' && device !== 'default')
      yield { kind: 'link', netns, name: device, contains: true };
  },

  // The kernel writes a value of `all` to every device.
  restoredAfter({ node, netns, name }) {
    const device = OF_DEVICE.exec(name)?.[1];
    return device === undefined || device === 'all'
      ? []
      : [needOf({ node, netns, kind: SYSCTL, name: name.replace(`/${device}/`, '/all/') })];
  },

  create: ({ netns, name, spec }) => write(netns, name, spec.value),
  update: ({ netns, name, spec }) => write(netns, name, spec.value),
  remove: () => [],
  remains: (_, { value }) => `stays ${value}`,

  touches({ name, desired }) {
    const device = OF_DEVICE.exec(name)?.[1] ?? '';
    const value = Number((desired?.spec as SysctlSpec | undefined)?.value ?? 0);
    if (value === 0) return [];
    if (/^net\/ipv6\/conf\/[^/]+\/disable_ipv6$/.test(name)) return [{ takes: 'ipv6', device }];
    if (/^net\/ipv6\/conf\/[^/]+\/forwarding$/.test(name)) return [{ takes: 'advertised' }];
    return /^net\/ipv4\/conf\/[^/]+\/arp_ignore$/.test(name) ? [{ takes: 'answers', device }] : [];
  },
};
