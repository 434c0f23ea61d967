import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';

const TRAP =
  'netloom sees to it where it makes both ends; for a veth of somebody else: ethtool -K <its other end> tx off';

/** What Open vSwitch would switch with here, and whether the lab can have one. That its programs are there is said by the requirements. */
export async function openvswitchFindings(machine: Machine): Promise<readonly Finding[]> {
  return [await datapathFinding(machine), await labFinding(machine)];
}

/** The kernel's datapath is a module; without it Open vSwitch switches by itself. */
async function datapathFinding(machine: Machine): Promise<Finding> {
  const base = { area: 'openvswitch', id: 'ovs-datapath', name: 'datapath' } as const;
  const used = datapathsIn((await machine.run(['ovs-appctl', '--timeout=3', 'dpif/show'])).stdout);
  const inUse = used.length > 0 ? `; in use: ${used.join(', ')}` : '';
  const loaded = /^openvswitch /m.test((await machine.readText('/proc/modules')) ?? '');
  if (loaded || used.includes('system')) {
    return { ...base, state: 'ok', detail: `the kernel's: the module openvswitch is loaded${inUse}` };
  }
  // A dry run. It finds a module that is built in as well.
  if ((await machine.run(['modprobe', '--dry-run', '--quiet', 'openvswitch'])).code === 0) {
    return { ...base, state: 'ok', detail: `the kernel's: the module openvswitch can be loaded${inUse}` };
  }
  return {
    ...base,
    state: 'note',
    detail: `userspace (netdev): this kernel has no module openvswitch${inUse}`,
    cost: 'it is slower, and no TCP connects through a veth whose sender leaves checksums to the device',
    mend: TRAP,
  };
}

/** `netdev@ovs-netdev: hit:0 missed:0` and its bridges, which are indented → `netdev`. */
function datapathsIn(show: string): readonly string[] {
  return [...new Set([...show.matchAll(/^(\w+)@/gm)].map((match) => match[1] ?? ''))].sort();
}

/** The lab never has the kernel's datapath, which is the machine's. */
async function labFinding(machine: Machine): Promise<Finding> {
  const base = { area: 'openvswitch', id: 'ovs-lab', name: 'in the lab' } as const;
  const usable = await machine.canWrite('/dev/net/tun');
  if (usable === true) return { ...base, state: 'ok', detail: 'userspace datapath: /dev/net/tun can be opened' };
  return {
    ...base,
    state: 'note',
    detail: `/dev/net/tun ${usable === false ? 'may not be opened by this user' : 'is not there'}`,
    cost: 'the lab can have no nodes with `mechanism: openvswitch`',
    mend: usable === false ? 'run netloom as root, or as root: chmod 0666 /dev/net/tun' : 'as root: modprobe tun',
  };
}
