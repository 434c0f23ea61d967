import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';

/**
 * Finds out whether packets between ports of one bridge pass iptables, and whether the policy of FORWARD drops them, as
 * with Docker.
 */
export async function bridgeNetfilterFindings(machine: Machine): Promise<readonly Finding[]> {
  const base = { area: 'iptables', id: 'br-netfilter', name: 'bridged packets' } as const;
  const value = (await machine.readText('/proc/sys/net/bridge/bridge-nf-call-iptables'))?.trim();
  const cost = 'a plan with security groups is an error';
  if (value === undefined) {
    const detail = 'do not pass iptables (br_netfilter is not loaded)';
    return [{ ...base, state: 'note', detail, cost, fix: 'modprobe br_netfilter' }];
  }
  const six = (await machine.readText('/proc/sys/net/bridge/bridge-nf-call-ip6tables'))?.trim();
  const off = [...(value === '0' ? ['iptables'] : []), ...(six === '0' ? ['ip6tables'] : [])];
  if (off.length > 0) {
    const sysctls = off.map((program) => `net.bridge.bridge-nf-call-${program}=1`).join(' ');
    const fix = `sysctl -w ${sysctls}, or \`manage_bridge_netfilter: true\` on the node`;
    return [{ ...base, state: 'note', detail: `do not pass ${off.join(' and ')} (bridge-nf-call-… = 0)`, cost, fix }];
  }
  const { code, stdout } = await machine.run(['iptables', '-S', 'FORWARD']);
  if (code !== 0) {
    const detail = 'pass iptables (bridge-nf-call-iptables = 1); only root can read the policy of FORWARD';
    return [{ ...base, state: 'note', detail }];
  }
  if (!stdout.startsWith('-P FORWARD DROP')) {
    const detail = 'pass iptables (bridge-nf-call-iptables = 1), and the policy of FORWARD is ACCEPT';
    return [{ ...base, state: 'ok', detail }];
  }
  return [
    {
      ...base,
      state: 'warning',
      detail: 'pass iptables (bridge-nf-call-iptables = 1), and the policy of FORWARD is DROP',
      cost: 'instances on one bridge of this machine may not reach each other',
      fix:
        'iptables -A FORWARD -m physdev --physdev-is-bridged -j ACCEPT (at the end: before the jumps of a network, ' +
        'it would switch its security groups off), ' +
        'or sysctl -w net.bridge.bridge-nf-call-iptables=0',
    },
  ];
}
