import { typedLine } from '../../model/command-line.ts';
import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import type { Resource } from '../../model/resource.ts';
import { certainDrop, gatesAt } from '../../kernel/filters/filters.ts';
import type { Packet } from '../../kernel/filters/packet.ts';
import { nodeFilters } from '../../kernel/filters/node-filters.ts';
import { desiredNodePorts } from '../ovs-internal/spec.ts';
import type { ChainSpec } from './spec.ts';

/**
 * Reports rules of the node itself that drop what our ports in its own namespace forward. netloom does not change them.
 * If they let nothing through (Docker sets the policy to DROP), the ports would be useless.
 */
export function forwardingBlocked(
  { node, netns, name, origin }: Resource<ChainSpec>,
  _change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  if (netns !== null || name !== '4/filter/FORWARD') return [];
  const filters = nodeFilters(context.view(node));
  const paths = packetPaths(node, context);
  const blocked = paths.flatMap((path) => {
    const drop = certainDrop(gatesAt('forward', packetOn(path), filters));
    return drop === undefined ? [] : [{ ...path, ...drop }];
  });
  const [first] = blocked;
  if (first === undefined) return [];
  const all = blocked.length === paths.length;
  const what = all ? 'everything between the router’s ports' : `what is forwarded from ${first.from} to ${first.to}`;
  const exceptions = blocked
    .map(({ from, to }) => typedLine('iptables', '-A', 'FORWARD', '-i', from, '-o', to, '-j', 'ACCEPT'))
    .join('; ');
  const isPolicy = first.rule.startsWith('-P ');
  const { program, family, table, chain } = first.gate;
  return [
    {
      code: 'NLP15',
      severity: all ? 'error' : 'warning',
      summary: `${node} would drop ${what}: ${first.rule}`,
      detail:
        'A router without a namespace forwards as the node itself does, and ' +
        `${isPolicy ? 'this policy' : 'this rule'} is the node's own.`,
      hint: isPolicy
        ? `on ${node}: ${exceptions}; or let ${node} use namespaces (leave use_namespaces out)`
        : `on ${node}: ${
            program === 'nft'
              ? `nft insert rule ${family} ${table} ${chain} iifname ${first.from} oifname ${first.to} accept`
              : `${program} -t ${table} -I ${chain} -i ${first.from} -o ${first.to} -j ACCEPT`
          }; or let ${node} use namespaces (leave use_namespaces out)`,
      ...(origin.range && { range: origin.range }),
      place: { node },
    },
  ];
}

/** The devices by which a routed packet comes in and goes out. */
interface PacketPath {
  readonly from: string;
  readonly to: string;
}

function packetOn({ from, to }: PacketPath): Packet {
  return { family: 4, from: [from], to: [to], bridged: false, state: 'new', protocol: 'tcp', isLocal: false };
}

/** Returns the paths from each of the ports to each other one. */
function packetPaths(node: string, { desired }: KindContext): readonly PacketPath[] {
  const ports = desiredNodePorts(desired, node);
  return ports.flatMap((from) => ports.flatMap((to) => (from === to ? [] : [{ from, to }])));
}
