import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';

const CHECKSUM_FIX =
  'netloom turns the offload off on its own veths; for a foreign veth: ethtool -K <its other end> tx off';

/**
 * Finds out which datapath Open vSwitch would use here, and whether the lab can have one. toolFindings reports its
 * programs.
 */
export async function openvswitchFindings(machine: Machine): Promise<readonly Finding[]> {
  return [await datapathFinding(machine), await labFinding(machine)];
}

/** Reports the datapath: the kernel's is a module; without it Open vSwitch switches in userspace. */
async function datapathFinding(machine: Machine): Promise<Finding> {
  const base = { area: 'openvswitch', id: 'ovs-datapath', name: 'datapath' } as const;
  const used = datapathsIn((await machine.run(['ovs-appctl', '--timeout=3', 'dpif/show'])).stdout);
  const inUse = used.length > 0 ? `; in use: ${used.join(', ')}` : '';
  const loaded = /^openvswitch /m.test((await machine.readText('/proc/modules')) ?? '');
  if (loaded || used.includes('system')) {
    return { ...base, state: 'ok', detail: `kernel: the module openvswitch is loaded${inUse}` };
  }
  // A dry run. It also finds a built-in module.
  if ((await machine.run(['modprobe', '--dry-run', '--quiet', 'openvswitch'])).code === 0) {
    return { ...base, state: 'ok', detail: `kernel: the module openvswitch can be loaded${inUse}` };
  }
  return {
    ...base,
    state: 'note',
    detail: `userspace (netdev): this kernel has no module openvswitch${inUse}`,
    cost: 'it is slower, and TCP fails over a veth whose sender has TX checksum offload on',
    fix: CHECKSUM_FIX,
  };
}

/** Returns the types of datapaths: `netdev@ovs-netdev: hit:0 missed:0` → `netdev`. Lines of bridges are indented. */
function datapathsIn(show: string): readonly string[] {
  return [...new Set([...show.matchAll(/^(\w+)@/gm)].map((match) => match[1] ?? ''))].sort();
}

/** Reports whether the lab can have Open vSwitch. The lab never uses the kernel's datapath, which is the machine's. */
async function labFinding(machine: Machine): Promise<Finding> {
  const base = { area: 'openvswitch', id: 'ovs-lab', name: 'in the lab' } as const;
  const usable = await machine.canWrite('/dev/net/tun');
  if (usable === true) return { ...base, state: 'ok', detail: 'userspace datapath: /dev/net/tun can be opened' };
  return {
    ...base,
    state: 'note',
    detail: `/dev/net/tun ${usable === false ? 'cannot be opened by this user' : 'does not exist'}`,
    cost: 'the lab can have no nodes with `mechanism: openvswitch`',
    fix: usable === false ? 'run netloom as root, or as root: chmod 0666 /dev/net/tun' : 'as root: modprobe tun',
  };
}
