import type { Diagnostic } from '../../model/diagnostic.ts';
import { show } from '../show.ts';
import type { At, CheckContext } from './context.ts';
import { mechanismOf } from '../defaults.ts';
import { attachments } from './facts/attachments.ts';
import { physicalBridges } from './facts/physical-bridges.ts';

/** Neutron's device names: a prefix and the beginning of an id, 14 characters in all. */
const DEVICE_LENGTH = 14;

const ID_HINT = 'device names hold the beginning of an id, 11 characters at most';

/** Checks what must be unique: ids, device names, and the names of nodes, instances and hosts. */
export function checkIdentity(t: CheckContext): Diagnostic[] {
  return [...checkUnique(t), ...checkDevices(t), ...checkMachineNames(t)];
}

function checkUnique(t: CheckContext): Diagnostic[] {
  const ids: Value[] = [];
  for (const section of [
    'nodes',
    'networks',
    'routers',
    'security_groups',
    'instances',
    'floating_ips',
    'hosts',
  ] as const) {
    collect(t.doc[section], [section], ids);
  }
  return twice(t, ids);
}

interface Value {
  readonly value: string;
  readonly path: readonly (string | number)[];
}

/** Collects every `id` and `port_id` below `value`. `path` is that of `value`. */
function collect(value: unknown, path: (string | number)[], ids: Value[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    // Names of SSH keys are free: one may be called `id`.
    if (key === 'public_keys' && path.at(-1) === 'metadata') continue;
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof inner === 'object') {
      path.push(Array.isArray(value) ? Number(key) : key);
      collect(inner, path, ids);
      path.pop();
    } else if (typeof inner === 'string' && (key === 'id' || key === 'port_id')) {
      ids.push({ value: inner, path: [...path, key] });
    }
  }
}

function twice(t: CheckContext, values: readonly Value[]): Diagnostic[] {
  const first = new Map<string, Value>();
  return values.flatMap((entry) => {
    const other = first.get(entry.value);
    if (other === undefined) {
      first.set(entry.value, entry);
      return [];
    }
    const related = [{ message: 'first used here', at: { path: other.path } }];
    return [t.report('NL502', { path: entry.path }, `the id ${entry.value} is used twice`, { related })];
  });
}

/** Two ids with the same beginning give the same device name, which must be unique on a node. */
function checkDevices(t: CheckContext): Diagnostic[] {
  const devices = new Map<string, { id: string; at: At; what: string }>();
  const reported = new Set<string>();
  const found: Diagnostic[] = [];
  const claim = (node: string, device: string, id: string, at: At, what: string, hint = ID_HINT): void => {
    const key = `${node}\n${device}`;
    const other = devices.get(key);
    if (other === undefined) devices.set(key, { id, at, what });
    // An id that is used twice has its own code (NL502). A network is claimed once for each of its ports.
    if (other === undefined || other.id === id || reported.has(`${key}\n${id}`)) return;
    reported.add(`${key}\n${id}`);
    const summary = `${what} and ${other.what} would both be device ${device} on node ${show(node)}`;
    const related = [{ message: other.what, at: other.at }];
    found.push(t.report('NL503', at, summary, { related, hint }));
  };
  for (const [node, { nics }] of Object.entries(t.doc.nodes ?? {})) {
    for (const device of Object.keys(nics ?? {})) {
      claim(node, device, `nic ${device}`, { path: ['nodes', node, 'nics', device], part: 'key' }, `NIC ${device}`);
    }
  }
  for (const { node, name, wire, at } of physicalBridges(t.doc)) {
    const hint = `name another bridge in bridge_mappings of ${node}, under ${wire}`;
    claim(node, name, `bridge ${name}`, at, `the bridge of physical network ${wire}`, hint);
  }
  for (const { node, network, id, idPath, what } of attachments(t.doc)) {
    if (id !== undefined) claim(node, `tap${id}`.slice(0, DEVICE_LENGTH), id, { path: idPath }, what);
    const networkId = t.doc.networks?.[network]?.id;
    if (networkId === undefined) continue;
    const at: At = { path: ['networks', network, 'id'] };
    // The device of a network on a node: its bridge, or with Open vSwitch its end of a patch.
    if (mechanismOf(t.doc.nodes?.[node]) === 'openvswitch') {
      claim(node, `int-${networkId}`.slice(0, DEVICE_LENGTH), networkId, at, `the patch of ${network}`);
    } else {
      claim(node, `brq${networkId}`.slice(0, DEVICE_LENGTH), networkId, at, `the bridge of ${network}`);
    }
  }
  return found;
}

/** Nodes, instances and hosts share one set of names: `netloom lab exec` takes any of them. */
function checkMachineNames(t: CheckContext): Diagnostic[] {
  const first = new Map<string, At>();
  const found: Diagnostic[] = [];
  for (const section of ['nodes', 'instances', 'hosts'] as const) {
    for (const name of Object.keys(t.doc[section] ?? {})) {
      const at: At = { path: [section, name], part: 'key' };
      const other = first.get(name);
      if (other === undefined) {
        first.set(name, at);
        continue;
      }
      const summary = `the name ${show(name)} is in both ${String(other.path[0])} and ${section}`;
      const related = [{ message: 'the other one', at: other }];
      found.push(
        t.report('NL504', at, summary, { related, hint: 'nodes, instances and hosts share one set of names' }),
      );
    }
  }
  return found;
}
