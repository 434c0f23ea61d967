import type { Diagnostic } from '../../model/diagnostic.ts';
import { desiredAt } from '../../model/graph.ts';
import { needOf, type KindContext, type Need } from '../../model/kind.ts';
import type { Ref, Resource } from '../../model/resource.ts';
import { BRIDGE_NF, bridgeNfProbe } from '../../kernel/netfilter/bridge-nf.ts';
import { bridgePortOf, isBridged } from '../../kernel/netfilter/rule-words.ts';
import { parseChainName } from './name.ts';
import type { ChainSpec } from './spec.ts';
import { sysctlRef } from '../sysctl/spec.ts';

/**
 * Returns the needs for bridge ports that rules name: they are created after the rules and deleted before them, so that
 * no frame bypasses its filter.
 */
export function* portsNamed(namespace: Pick<Ref, 'node' | 'netns'>, rules: readonly string[]): Iterable<Need> {
  if (rules.some(isBridged)) {
    for (const path of Object.values(BRIDGE_NF)) yield needOf(sysctlRef(namespace, path), { soft: true });
  }
  const names = new Set(rules.flatMap((rule) => bridgePortOf(rule) ?? []));
  for (const name of names) yield { kind: 'link', netns: namespace.netns, name, soft: true, reverse: true };
}

/**
 * Reports that rules about bridge ports would never match a frame: br_netfilter passes none to iptables, because it is
 * not loaded, or because its sysctl is 0 and the file does not set it.
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
  const isDesired = desiredAt(context.desired, sysctlRef({ node, netns }, parameter)) !== undefined;
  if (seen?.loaded === true && isDesired) return [];
  const set = `sysctl -w ${parameter.replaceAll('/', '.')}=1`;
  const reason =
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
      ...reason,
      place: { node },
      ...(origin.range && { range: origin.range }),
    },
  ];
}
