import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';

/** Whether packets between ports of one bridge pass iptables, and whether iptables would drop them (a machine as Docker leaves it). */
export async function bridgeNetfilterFindings(machine: Machine): Promise<readonly Finding[]> {
  const base = { area: 'iptables', id: 'br-netfilter', name: 'bridged packets' } as const;
  const value = (await machine.readText('/proc/sys/net/bridge/bridge-nf-call-iptables'))?.trim();
  if (value === undefined) {
    return [{ ...base, state: 'ok', detail: 'do not pass iptables (br_netfilter is not loaded)' }];
  }
  if (value === '0') return [{ ...base, state: 'ok', detail: 'do not pass iptables (bridge-nf-call-iptables = 0)' }];
  const { code, stdout } = await machine.run(['iptables', '-S', 'FORWARD']);
  if (code !== 0) {
    const detail = 'pass iptables (bridge-nf-call-iptables = 1); root only can tell whether it drops them';
    return [{ ...base, state: 'note', detail }];
  }
  if (!stdout.startsWith('-P FORWARD DROP')) {
    return [{ ...base, state: 'ok', detail: 'pass iptables (bridge-nf-call-iptables = 1), which lets them through' }];
  }
  return [
    {
      ...base,
      state: 'warning',
      detail: 'pass iptables (bridge-nf-call-iptables = 1), and the policy of FORWARD is DROP',
      cost: 'instances on one bridge of this machine may not reach each other',
      mend: 'iptables -I FORWARD -m physdev --physdev-is-bridged -j ACCEPT, or sysctl -w net.bridge.bridge-nf-call-iptables=0',
    },
  ];
}
