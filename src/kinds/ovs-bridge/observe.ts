import type { NodeView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { borrowedNic, isOvsBridgeAlias } from '../../kernel/links/alias.ts';
import { nonDefaultAttributes } from '../../kernel/links/attributes.ts';
import { ipProbe, linkOf, type RawLink } from '../../kernel/probes/ip.ts';
import { ovsProbe, type OvsBridge, type OvsState } from '../../kernel/openvswitch/database.ts';
import { creationFailure, withoutSwitchAttributes } from '../../kernel/openvswitch/health.ts';
import { ownerOfIds } from '../../kernel/openvswitch/mark.ts';
import { nodeNamespace, ownerOfAlias } from '../../kernel/links/owner.ts';
import type { OvsBridgeSpec } from './spec.ts';
import { OVS_BRIDGE } from './spec.ts';

/** Returns the foreign ports of a bridge: those without our mark. */
export function foreignPortsIn(
  ovs: OvsState | undefined,
  bridge: string,
  nic: string | undefined,
  topology: string,
): readonly string[] {
  return (ovs?.bridges.get(bridge)?.ports ?? []).filter((port) => {
    const rows = [ovs?.ports.get(port), ovs?.interfaces.get(port)];
    return port !== bridge && port !== nic && !rows.some((row) => ownerOfIds(row?.ids, topology) === 'ours');
  });
}

function macOf(device: RawLink | undefined, nic: string | undefined, links: readonly RawLink[]): string | undefined {
  const own = links.find(({ ifname }) => ifname === nic)?.address;
  return own === undefined || own === device?.address ? undefined : device?.address;
}

/**
 * Returns the bridges in the database, and devices of ours whose bridge is no longer in it. If the database does not
 * answer, only the devices are known.
 */
export function* observeBridges(view: NodeView, topology: string): Iterable<Observed<OvsBridgeSpec>> {
  const ovs = view.get(ovsProbe);
  const state = nodeNamespace(view)?.get(ipProbe);
  const links = state?.links ?? [];
  const base = { node: view.node, netns: null, kind: OVS_BRIDGE } as const;
  for (const row of ovs?.bridges.values() ?? []) {
    const device = linkOf(state, row.name);
    const owners = [ownerOfIds(row.ids, topology), ownerOfAlias(device?.ifalias, topology)] as const;
    const nic = borrowedNic(device?.ifalias);
    const mac = macOf(device, nic, links);
    const spec: OvsBridgeSpec = {
      datapath: row.datapath === 'netdev' ? 'netdev' : 'system',
      failMode: row.failMode === 'secure' || row.failMode === 'standalone' ? row.failMode : '',
      up: device?.flags.includes('UP') ?? false,
      attributes: device ? withoutSwitchAttributes(nonDefaultAttributes(device, ['link'], []), device, ovs) : {},
      marked: owners.every((owner) => owner === 'ours') && isOvsBridgeAlias(device?.ifalias),
      ...(nic !== undefined && { nic }),
      ...(mac !== undefined && { mac }),
    };
    const owner = owners[0] === 'foreign' ? owners[1] : owners[0];
    const incomplete = brokenBy(row, device, ovs);
    const adoptable = owner === 'foreign' && holdsOurs(row, ovs, topology);
    yield {
      ...base,
      name: row.name,
      owner,
      spec,
      ...(adoptable && { adoptable }),
      ...(incomplete !== undefined && owner === 'ours' && { incomplete }),
    };
  }
  for (const link of links) {
    if (!isOvsBridgeAlias(link.ifalias) || ovs?.bridges.has(link.ifname) === true) continue;
    const nic = borrowedNic(link.ifalias);
    const up = link.flags.includes('UP');
    const spec: OvsBridgeSpec = {
      datapath: '',
      failMode: '',
      up,
      marked: true,
      attributes: {},
      ...(nic !== undefined && { nic }),
    };
    const incomplete = 'the switch has no row for it';
    yield { ...base, name: link.ifname, owner: ownerOfAlias(link.ifalias, topology), spec, incomplete };
  }
}

function brokenBy(row: OvsBridge, device: RawLink | undefined, ovs: OvsState | undefined): string | undefined {
  const local = ovs?.interfaces.get(row.name);
  const reason = local === undefined ? 'it has no local port' : creationFailure(local);
  return reason ?? (device === undefined ? 'its device is missing' : undefined);
}

function holdsOurs({ ports }: OvsBridge, ovs: OvsState | undefined, topology: string): boolean {
  return ports.some((port) =>
    [ovs?.ports.get(port), ovs?.interfaces.get(port)].some((row) => ownerOfIds(row?.ids, topology) === 'ours'),
  );
}
