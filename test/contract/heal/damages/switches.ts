import type { TestNode } from '../../../support/node.ts';
import { ANYTHING, type Damage } from './damage.ts';

interface Row {
  readonly name: string;
  readonly type: string;
  readonly hasTag: boolean;
  readonly external_ids: ReadonlyMap<string, string>;
}

async function rowsOf(node: TestNode, table: string, columns: string): Promise<Record<string, unknown>[]> {
  const { headings, data } = JSON.parse(
    await node.sh(`ovs-vsctl --timeout=5 --format=json --columns=${columns} list ${table}`),
  ) as { readonly headings: string[]; readonly data: unknown[][] };
  return data.map((row) => Object.fromEntries(row.map((value, i) => [headings[i] ?? '', value])));
}

/** The kind of a port, what is on it, and what may be recreated with it. */
interface Whose {
  readonly kind: string;
  readonly touches: string;
  /** Recreating the port recreates its device, and all addresses and routes on it. */
  readonly remakes: boolean;
}

function whose({ name, type, external_ids: ids }: Row): Whose {
  const place = ids.get('netloom-netns');
  if (type === 'internal' && place !== undefined) {
    return { kind: 'internal', touches: `${place}/(?:ovs-internal/${name}$|address/|route/|sysctl/)`, remakes: true };
  }
  const patch = ids.get('netloom-patch');
  if (patch !== undefined) return { kind: 'patch', touches: `-/ovs-patch/${patch}$`, remakes: false };
  return { kind: 'plug', touches: `-/ovs-plug/${name}$`, remakes: false };
}

function* portDamages(row: Row): Iterable<Damage> {
  const { name } = row;
  const { kind, touches, remakes } = whose(row);
  const own = new RegExp(`^node1/${touches}`);
  const again = { touches: own, ...(remakes && { remade: new RegExp(` ${name}$`) }) };
  const set = (what: string, script: string): Damage => ({
    title: `${name}: ${what}`,
    class: `${kind} ${what}`,
    script,
    touches: own,
  });
  yield { ...set('port deleted', `ovs-vsctl del-port ${name}`), ...again };
  yield set('another tag', `ovs-vsctl set Port ${name} tag=99`);
  if (row.hasTag) yield set('no tag', `ovs-vsctl clear Port ${name} tag`);
  yield { ...set('no ids', `ovs-vsctl clear Interface ${name} external_ids`), meets: ANYTHING };
  for (const key of row.external_ids.keys()) {
    const without = set(`no ${key}`, `ovs-vsctl remove Interface ${name} external_ids ${key}`);
    const isMark = key.startsWith('netloom');
    yield { ...without, ...(isMark && { meets: ANYTHING }) };
    // Its mark decides the owner: it names another topology.
    if (isMark) continue;
    yield set(`another ${key}`, `ovs-vsctl set Interface ${name} external_ids:${key}=wrong`);
  }
  // A patch has no ids but our own; other ids on it are foreign.
  if (kind !== 'patch') yield set('one id more', `ovs-vsctl set Interface ${name} external_ids:more=wrong`);
  yield {
    ...set(
      'in another bridge',
      `from=$(ovs-vsctl port-to-br ${name}); to=br-eth1; [ "$from" != "$to" ] || to=br-int
      ovs-vsctl -- --id=@p get Port ${name} -- remove Bridge "$from" ports @p -- add Bridge "$to" ports @p`,
    ),
    ...again,
  };
}

function* bridgeDamages(bridge: string): Iterable<Damage> {
  const own = new RegExp(`^node1/-/ovs-bridge/${bridge}$`);
  const set = (what: string, script: string): Damage => ({
    title: `${bridge}: ${what}`,
    class: `switch ${what}`,
    script,
    touches: own,
  });
  for (const [what, script] of [
    ['no ids', `ovs-vsctl clear Bridge ${bridge} external_ids`],
    ['not ours', `ovs-vsctl remove Bridge ${bridge} external_ids netloom`],
    ['no mark at all', `ovs-vsctl clear Bridge ${bridge} external_ids; ip link set dev ${bridge} alias ""`],
  ] as const)
    yield { ...set(what, script), meets: ANYTHING };
  yield set('another fail mode', `ovs-vsctl set Bridge ${bridge} fail_mode=secure`);
  yield set('no fail mode', `ovs-vsctl clear Bridge ${bridge} fail_mode`);
  const all = { touches: /./, remade: /./ };
  yield { ...set('deleted', `ovs-vsctl del-br ${bridge}`), ...all };
}

/** The damages to the database of Open vSwitch, and to the devices of its rows. */
export async function switchDamages(node: TestNode): Promise<Damage[]> {
  const bridges = (await node.sh('ovs-vsctl list-br')).split('\n').filter((name) => name !== '');
  const tagged = (await rowsOf(node, 'Port', 'name,tag')).filter(({ tag }) => typeof tag === 'number');
  const rows = (await rowsOf(node, 'Interface', 'name,type,external_ids')).map(
    ({ name, type, external_ids: ids }): Row => ({
      name: String(name),
      type: String(type),
      hasTag: tagged.some((port) => port['name'] === name),
      external_ids: new Map((ids as [string, [string, string][]])[1]),
    }),
  );
  const ports = rows.filter((row) => row.external_ids.has('netloom') && !row.name.startsWith('eth'));
  const damages = [
    ...ports.flatMap((row) => [...portDamages(row)]),
    ...bridges.flatMap((name) => [...bridgeDamages(name)]),
  ];
  for (const { name, type, external_ids: ids } of ports) {
    const netns = ids.get('netloom-netns');
    if (type !== 'internal' || netns === undefined) continue;
    damages.push({
      title: `${name}: moved out of its namespace`,
      class: 'internal moved',
      script: `p=$$; ip -n ${netns} link set dev ${name} netns $p`,
      touches: new RegExp(`^node1/${netns}/(?:ovs-internal/${name}$|address/|route/|sysctl/)`),
      remade: new RegExp(` ${name}$`),
    });
  }
  for (const nic of ['eth0', 'eth1']) {
    damages.push({
      title: `${nic}: out of its bridge of Open vSwitch`,
      class: 'NIC out',
      script: `ovs-vsctl del-port ${nic}`,
      touches: new RegExp(`^node1/-/nic/${nic}$`),
    });
  }
  return damages;
}
