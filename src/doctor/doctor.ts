import { bridgeNetfilterFindings } from './bridge-netfilter.ts';
import { FEATURES } from './features.ts';
import type { Finding } from './finding.ts';
import { flavourFindings } from './iptables.ts';
import type { Machine } from './machine.ts';
import { openvswitchFindings } from './openvswitch.ts';
import { privilegeFindings } from './privileges.ts';
import { toolFindings } from './tools.ts';
import { trialFindings } from './trial.ts';

/** Returns what this machine has and lacks. It changes nothing: features are tried in a temporary namespace. */
export async function examine(machine: Machine): Promise<readonly Finding[]> {
  const node: Finding = { area: 'machine', id: 'node', name: 'Node.js', state: 'ok', detail: machine.nodeVersion };
  if (machine.platform !== 'linux') {
    const cost = 'only commands over SSH and commands without a node work here';
    const detail = `this is ${machine.platform}`;
    return [
      node,
      { area: 'machine', id: 'linux', name: 'Linux', state: 'missing', detail, cost, fix: 'use a Linux machine' },
    ];
  }
  const [privileges, tools, trial, flavour, bridged, openvswitch] = await Promise.all([
    privilegeFindings(machine),
    toolFindings(machine),
    trialFindings(machine, FEATURES),
    flavourFindings(machine),
    bridgeNetfilterFindings(machine),
    openvswitchFindings(machine),
  ]);
  return [
    node,
    await kernelFinding(machine),
    ...privileges,
    await tunFinding(machine),
    ...tools,
    ...trial,
    ...flavour,
    ...bridged,
    ...openvswitch,
  ];
}

async function kernelFinding(machine: Machine): Promise<Finding> {
  const release = (await machine.readText('/proc/sys/kernel/osrelease'))?.trim() ?? 'unknown';
  return { area: 'machine', id: 'kernel', name: 'kernel', state: 'ok', detail: release };
}

async function tunFinding(machine: Machine): Promise<Finding> {
  const base = { area: 'machine', id: 'dev-net-tun', name: '/dev/net/tun' } as const;
  const usable = await machine.canWrite('/dev/net/tun');
  if (usable === true) return { ...base, state: 'ok', detail: 'can be opened' };
  return {
    ...base,
    state: 'note',
    detail: usable === false ? 'cannot be opened by this user' : 'does not exist',
    cost: 'no tap devices: instances with `attach: tap` cannot be created',
    fix: usable === false ? 'as root: chmod 0666 /dev/net/tun' : 'as root: modprobe tun',
  };
}
