import type { Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { changed } from '../fields/index.ts';
import { l3Probe } from '../../kernel/netlink/l3.ts';
import { DEFAULT_RULES, type RawRule } from '../../kernel/netlink/rule.ts';
import { serviceParametersProbe, wrongParameters } from '../../kernel/probes/service-parameters.ts';
import { sysctlProbe } from '../../kernel/probes/sysctl.ts';
import { onceByView } from '../../kernel/probes/once.ts';
import { ipProbe, linkOf, linkOfIndex } from '../../kernel/probes/ip.ts';
import { performOwedEffects } from '../ledger.ts';
import { setLink } from '../../kernel/links/set.ts';
import { ownerOf, ownerOfLink } from '../../kernel/links/owner.ts';
import { linkExistence } from '../../kernel/links/existence.ts';
import { netnsFields } from './fields.ts';
import type { NetnsSpec } from './spec.ts';
import { NETNS } from './spec.ts';

/**
 * Returns our links in the node's own namespace whose other end is in this one: they are deleted with it, but not at
 * once.
 */
function tapsOf(view: NodeView | undefined, netns: string, topology: string): string[] {
  const inside = namespaceView(view, netns)?.get(ipProbe);
  const outside = namespaceView(view, null)?.get(ipProbe);
  return (inside?.links ?? []).flatMap((link) => {
    // The numbers are small, and each namespace counts for itself: only our mark shows that the match is no
    // coincidence.
    const tap = linkOfIndex(outside, link.link_index);
    const isTap = tap?.link_index === link.ifindex && ownerOfLink(tap, topology) === 'ours';
    return isTap ? [tap.ifname] : [];
  });
}

/**
 * Returns the kernel's rules that are missing, in the words of `ip rule`. `undefined`: a kernel without rules. A kernel
 * without IPv6 (`ipv6.disable=1`) has no parameters of IPv6 either, and can be given no rule of it.
 */
function lostRulesOf(
  rules: readonly RawRule[] | undefined,
  parameters: ReadonlyMap<string, string> | undefined,
): readonly string[] {
  if (rules === undefined) return [];
  const textOf = ({ family, priority, words }: (typeof DEFAULT_RULES)[number]): string =>
    `-${String(family)} rule add pref ${String(priority)} ${words.join(' ')}`;
  const present = new Set(rules.map(textOf));
  const lost = DEFAULT_RULES.filter((rule) => !present.has(textOf(rule)));
  if (lost.length === 0) return [];
  const hasIpv6 = [...(parameters?.keys() ?? [])].some((path) => path.startsWith('net/ipv6/'));
  return lost.filter(({ family }) => family === 4 || hasIpv6).map(textOf);
}

/** A line of `ip -batch` has no IP version. */
function addRule(netns: string, words: string): Command {
  return { tool: 'exec', netns, argv: ['ip', ...words.split(' ')] };
}

const namespaceItself = onceByView<Observed<NetnsSpec>>(({ netns, mark, get }, node, topology) => {
  if (netns === null || netns.startsWith('/')) return [];
  const loUp = linkOf(get(ipProbe), 'lo')?.flags.includes('UP') ?? false;
  const lostRules = lostRulesOf(get(l3Probe)?.rules, get(sysctlProbe));
  const parameters = wrongParameters(get);
  const spec = {
    owed: mark?.tokens ?? [],
    loUp,
    ...(lostRules.length > 0 && { lostRules }),
    ...(parameters.length > 0 && { parameters }),
  };
  return [{ node, netns: null, kind: NETNS, name: netns, owner: ownerOf(mark, topology), spec }];
});

/** A network namespace with a name in /run/netns: router, DHCP server. */
export const netnsKind: Kind<NetnsSpec> = {
  name: NETNS,
  ...netnsFields,
  counted: { one: 'namespace', many: 'namespaces' },
  ownership: {
    ours: 'alias of `lo` inside: `netloom:<topology>`, and a name that begins with `qrouter-` or `qdhcp-`',
    notes:
      'set before the namespace gets its name; a container can write the alias of its own `lo`, but not its name; an ' +
      'empty file of a desired name is what an interrupted `ip netns` leaves',
  },
  isNamespace: true,
  describe: () => '',
  shown: ({ name }) => ({ namespace: name }),
  probes: [ipProbe, l3Probe, sysctlProbe, serviceParametersProbe],
  existence: ({ name }, topology) => linkExistence(name, 'lo', topology, true),

  *observe(view, topology) {
    for (const namespace of view.namespaces) yield* namespaceItself(namespace, view.node, topology);
    const none = {
      node: view.node,
      netns: null,
      kind: NETNS,
      owner: 'foreign',
      spec: { owed: [], loUp: false },
    } as const;
    for (const name of view.dead) yield { ...none, name };
    // An empty file is no namespace, and nothing is lost with it.
    const incomplete = 'the file of its name is empty: it was interrupted while it was created';
    for (const name of view.unfinished) yield { ...none, name, adoptable: true, incomplete };
  },

  restored: ({ loUp }) => ({ owed: [], loUp }),

  needs: () => [],

  create: ({ name }, { mark }) => [{ tool: 'netns-add', netns: name, mark }, setLink(name, 'lo', 'up')],

  update: ({ node, name }, observed, fields, context) => [
    ...(changed(fields, 'loUp') ? [setLink(name, 'lo', 'up')] : []),
    ...(observed.spec.lostRules ?? []).map((rule) => addRule(name, rule)),
    ...(observed.spec.parameters ?? []).map(({ path, expected }): Command => ({
      tool: 'sysctl',
      netns: name,
      key: path,
      value: expected,
    })),
    ...(changed(fields, 'owed') ? performOwedEffects(node, name, observed.spec.owed, context) : []),
  ],

  remove: ({ node, name }, context) => [
    {
      tool: 'netns-del',
      netns: name,
      devices: context.reverts ? context.reverts.taps(node, name) : tapsOf(context.view(node), name, context.topology),
    },
  ],
};
