import type { Resource } from '../../../src/model/resource.ts';
import { inside } from './names.ts';

/** Scripts that change an object, by what they do to it. */
type Changes = Readonly<Record<string, string>>;

interface VethSpec {
  readonly guest: boolean;
  readonly tap: { readonly name: string; readonly bridge: string | null };
}

/** A script in the namespace of an object. */
function within({ netns }: Resource, script: string): string {
  return netns === null ? script : inside(netns, script);
}

/** The changes of a port of a bridge of the kernel. */
function portOfBridge(tap: string): Changes {
  return {
    'leaves its bridge': `ip link set dev ${tap} nomaster`,
    'is isolated': `bridge link set dev ${tap} isolated on`,
    'does not learn': `bridge link set dev ${tap} learning off`,
    'does not flood': `bridge link set dev ${tap} flood off`,
  };
}

function veth(resource: Resource): Changes {
  const { name } = resource;
  const { guest, tap } = resource.spec as VethSpec;
  const own = {
    'is down': within(resource, `ip link set dev ${name} down`),
    'has another MAC': within(resource, `ip link set dev ${name} address 02:00:00:00:00:01`),
    'has another MTU': within(resource, `ip link set dev ${name} mtu 1400`),
    'has another name': within(resource, `ip link set dev ${name} down; ip link set dev ${name} name stray0`),
    'has no ARP': within(resource, `ip link set dev ${name} arp off`),
    'has lost its mark': within(resource, `ip link set dev ${name} alias ''`),
  };
  return {
    // What is inside a guest belongs to the guest.
    ...(guest ? {} : own),
    'its tap is down': `ip link set dev ${tap.name} down`,
    'its tap has another MTU': `ip link set dev ${tap.name} mtu 1400`,
    'its tap is deleted': `ip link del dev ${tap.name}`,
    'its tap has lost its mark': `ip link set dev ${tap.name} alias ''`,
    ...(tap.bridge === null ? {} : portOfBridge(tap.name)),
  };
}

function bridge({ name }: Resource): Changes {
  return {
    'is down': `ip link set dev ${name} down`,
    'is deleted': `ip link del dev ${name}`,
    'has lost its mark': `ip link set dev ${name} alias ''`,
    'runs STP': `ip link set dev ${name} type bridge stp_state 1`,
    'has another delay': `ip link set dev ${name} type bridge forward_delay 1500`,
    'forgets at once': `ip link set dev ${name} type bridge ageing_time 0`,
    'has another MTU': `ip link set dev ${name} mtu 1400`,
  };
}

function nic({ name, spec }: Resource): Changes {
  return {
    'is down': `ip link set dev ${name} down`,
    ...((spec as { bridge: string | null }).bridge?.startsWith('brq') === true ? portOfBridge(name) : {}),
  };
}

function address(resource: Resource): Changes {
  const [cidr = '', device = ''] = resource.name.split('%');
  const wide = cidr.endsWith('/32') ? cidr.replace('/32', '/31') : cidr.replace('/24', '/25');
  const run = (script: string): string => within(resource, script);
  return {
    'is deleted': run(`ip address del ${cidr} dev ${device}`),
    'has another length': run(`ip address del ${cidr} dev ${device}; ip address add ${wide} dev ${device}`),
    'has another beside it': run(`ip address add 192.0.2.77/32 dev ${device}`),
  };
}

function route(resource: Resource): Changes {
  const { nexthops } = resource.spec as { nexthops: readonly { gateway: string; device: string }[] };
  const via = `via ${String(nexthops[0]?.gateway)} dev ${String(nexthops[0]?.device)}`;
  const wrong = String(nexthops[0]?.gateway).replace(/\d+$/, '77');
  return {
    'is deleted': within(resource, `ip route del ${resource.name}`),
    'leads elsewhere': within(resource, `ip route replace ${resource.name} via ${wrong} proto static`),
    'has another metric': within(
      resource,
      `ip route del ${resource.name}; ip route add ${resource.name} ${via} proto static metric 7`,
    ),
    'is unreachable': within(resource, `ip route replace unreachable ${resource.name} proto static`),
    'has another beside it': within(resource, `ip route add 203.0.113.0/24 ${via} proto static`),
  };
}

function sysctl(resource: Resource): Changes {
  const { value } = resource.spec as { value: string };
  const path = `/proc/sys/${resource.name}`;
  return { 'has another value': within(resource, `echo ${value === '0' ? '1' : '0'} >${path}`) };
}

function file({ name }: Resource): Changes {
  return {
    'is deleted': `rm ${name}`,
    'is empty': `: >${name}`,
    'has another line': `echo stray >>${name}`,
    'has another mode': `chmod 600 ${name}; chmod o-rwx,u-w ${name}`,
    'is a symlink': `mv ${name} ${name}.stray; ln -s ${name}.stray ${name}`,
    'is a folder': `rm ${name}; mkdir ${name}`,
  };
}

function process({ name }: Resource): Changes {
  return {
    'is killed': `kill -9 $(cat ${name}/pid)`,
    'has no record of its files': `rm -f ${name}/stamp`,
    'has no state folder': `rm -r ${name}`,
  };
}

function netns({ name }: Resource): Changes {
  return {
    'is deleted': `ip netns del ${name}`,
    'has lost its mark': inside(name, `ip link set dev lo alias ''`),
    'its lo is down': inside(name, 'ip link set dev lo down'),
  };
}

function ipset({ name, spec }: Resource): Changes {
  const { family, members } = spec as { family: 4 | 6; members: readonly string[] };
  const stray = family === 4 ? '192.0.2.77' : '2001:db8::77';
  return {
    'has a foreign member': `ipset add ${name} ${stray}`,
    ...(members[0] === undefined ? {} : { 'lacks a member': `ipset del ${name} ${members[0]}` }),
    'is empty': `ipset flush ${name}; ipset add ${name} ${stray}`,
  };
}

function nftTable({ name }: Resource): Changes {
  return {
    'is deleted': `nft delete table bridge ${name}`,
    'has lost its rules': `nft flush table bridge ${name}`,
    'has a foreign chain': `nft 'add chain bridge ${name} stray { type filter hook forward priority 0; policy drop; }'`,
    'is dormant': `nft 'add table bridge ${name} { flags dormant; }'`,
  };
}

/** By kind: what another program can do to an object of it. */
export const CHANGES: Readonly<Record<string, (resource: Resource) => Changes>> = {
  address,
  bridge,
  file,
  ipset,
  netns,
  'nft-table': nftTable,
  nic,
  process,
  route,
  sysctl,
  veth,
};
