import type { Drop, Filters } from '../../kernel/filters/filters.ts';
import { iptablesSteps } from '../../kernel/filters/iptables.ts';
import type { Packet } from '../../kernel/filters/packet.ts';
import { walk } from '../../kernel/filters/walk.ts';

/**
 * Returns a line that lets a bridge forward although a rule drops it, and opens nothing that our filter closes:
 * behind our jumps in the iptables that we work with, or in a chain that decides beside them.
 */
export function hintOf(
  { gate, packet }: Drop & { readonly packet: Packet },
  bridge: string,
  filters: Filters,
  isFiltered: boolean,
  node: string,
): string {
  const { program, family, table, chain } = gate;
  const on = `on ${node}: `;
  const devices =
    chain === 'PREROUTING' ? `-i ${bridge}` : chain === 'POSTROUTING' ? `-o ${bridge}` : `-i ${bridge} -o ${bridge}`;
  if (program === 'nft') {
    if (family === 'bridge') {
      const where = `bridge ${table} ${chain}`;
      return `${on}nft -a list chain ${where} shows its rules; nft delete rule ${where} handle HANDLE deletes one`;
    }
    const names = devices.replace('-i', 'iifname').replace('-o', 'oifname');
    const line = `nft insert rule ${family} ${table} ${chain} ${names} accept`;
    const again =
      table === 'firewalld'
        ? '; firewalld writes its table again at each reload: ' +
          `firewall-cmd --permanent --zone=ZONE --add-interface=${bridge} --add-forward`
        : '';
    return `${on}${line} (security groups still filter: it is another chain)${again}`;
  }
  const command = `${program}${table === 'filter' ? '' : ` -t ${table}`}`;
  const top = topRule(gate, packet, filters);
  if (isFiltered && table === 'filter' && !program.includes('-') && top) {
    // Behind our jumps, it decides nothing about the frames that our filter accepts.
    return `${on}put that rule behind ours: ${command} -D ${chain} ${top.rule} && ${command} -A ${chain} ${top.rule}`;
  }
  const rule = `${devices} -j ACCEPT`;
  const line = top ? `${command} -I ${chain} ${String(top.position)} ${rule}` : `${command} -A ${chain} ${rule}`;
  const off =
    isFiltered || table !== 'filter'
      ? ''
      : `, or sysctl net.bridge.bridge-nf-call-${packet.family === 6 ? 'ip6' : 'ip'}tables=0`;
  return `${on}${line}${off}; \`netloom doctor\` shows details`;
}

/** Returns the first rule of the hook's chain that leads to a drop, with its position; none if it is the policy. */
function topRule(
  { program, table, chain }: Drop['gate'],
  packet: Packet,
  { iptables, foreign }: Filters,
): { readonly rule: string; readonly position: number } | undefined {
  const saved = program.includes('-')
    ? foreign?.iptables.find((one) => one.program === program)?.tables
    : iptables[packet.family];
  const chains = saved?.get(table);
  if (!chains) return undefined;
  const steps = iptablesSteps(chains, packet);
  const at = (steps(chain) ?? []).findIndex((step) => {
    if (step.matches !== 'yes') return false;
    const { action } = step;
    const endings =
      action.does === 'jump' || action.does === 'goto'
        ? walk(steps, action.chain).endings
        : walk(() => [step], '').endings;
    return endings.some(({ verdict, sure }) => verdict === 'drop' && sure);
  });
  const rule = chains.get(chain)?.rules[at];
  return rule === undefined ? undefined : { rule, position: at + 1 };
}
