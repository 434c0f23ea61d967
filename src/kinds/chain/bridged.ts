import type { Diagnostic } from '../../model/diagnostic.ts';
import { desiredAt } from '../../model/graph.ts';
import { needOf, type KindContext, type Need } from '../../model/kind.ts';
import type { Ref, Resource } from '../../model/resource.ts';
import { BRIDGE_NF, bridgeNfProbe } from '../../kernel/netfilter/bridge-nf.ts';
import { isBridged } from '../../kernel/netfilter/rule-words.ts';
import { parseChainName } from './name.ts';
import type { ChainSpec } from './spec.ts';
import { sysctlRef } from '../sysctl/spec.ts';

/** Ports of bridges that rules speak of stand after the rules and go before them: nothing passes by what filters it. */
export function* portsNamed(place: Pick<Ref, 'node' | 'netns'>, rules: readonly string[]): Iterable<Need> {
  if (rules.some(isBridged)) {
    for (const path of Object.values(BRIDGE_NF)) yield needOf(sysctlRef(place, path), { soft: true });
  }
  const names = new Set(rules.flatMap((rule) => /--physdev-(?:in|out) (\S+)/.exec(rule)?.[1] ?? []));
  for (const name of names) yield { kind: 'link', netns: place.netns, name, soft: true, reverse: true };
}

/**
 * Why rules about ports of bridges would never see a frame: br_netfilter hands none to iptables, because it is not loaded, or its sysctl is 0
 * and nobody wants it otherwise.
 */
export function bridgedUnseen(
  { node, netns, name, spec, origin }: Resource<ChainSpec>,
  context: KindContext,
): readonly Diagnostic[] {
  if (!spec.rules.some(isBridged)) return [];
  const program = parseChainName(name).family === 6 ? 'ip6tables' : 'iptables';
  const seen = context.view(node)?.get(bridgeNfProbe);
  if (seen?.[program] === true) return [];
  const parameter = BRIDGE_NF[program];
  const isWanted = desiredAt(context.desired, sysctlRef({ node, netns }, parameter)) !== undefined;
  if (seen?.loaded === true && isWanted) return [];
  const set = `sysctl -w ${parameter.replaceAll('/', '.')}=1`;
  const said =
    seen?.loaded === true
      ? {
          detail: `${parameter.replaceAll('/', '.')} is 0.`,
          hint: `${set}, or \`manage_bridge_netfilter: true\` on the node`,
        }
      : { detail: 'br_netfilter is not loaded.', hint: 'modprobe br_netfilter' };
  return [
    {
      code: 'NLP24',
      severity: 'error',
      summary: `bridged frames do not pass ${program} on ${node}, so nothing would filter its instances`,
      ...said,
      place: { node },
      ...(origin.range && { range: origin.range }),
    },
  ];
}
