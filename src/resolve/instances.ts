import { isFiltered } from '../topology/security-groups.ts';
import type { Instance } from '../topology/types.gen.ts';
import { isUp } from '../topology/defaults.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { Assigned } from './assign.ts';
import type { Drafts } from './drafts.ts';
import { leasedOf } from './fixed-ip-order.ts';
import { resolveMetadata } from './metadata.ts';
import { required } from './required.ts';
import { guestNetns } from './names.ts';
import { originAt } from './origin.ts';
import { resolvePort } from './ports.ts';
import { securityOf } from './security-groups.ts';
import type { ResolvedInstance } from './resolved.ts';

/** Resolves every instance of the document, also on absent nodes. */
export function resolveInstances(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
): ReadonlyMap<string, ResolvedInstance> {
  const instances = Object.entries(topology.doc.instances ?? {});
  return new Map(instances.map(([name, spec]) => [name, resolveInstance(topology, drafts, assigned, name, spec)]));
}

function resolveInstance(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
  name: string,
  { id, node, attach = 'lab', ports: specs = {}, metadata }: Instance,
): ResolvedInstance {
  const netns = attach === 'lab' ? guestNetns(name) : null;
  const ports = [...(drafts.ports.get(name) ?? [])].map(([device, draft]) => {
    const spec = required(specs[device], `a port ${device} of ${name}`);
    const { dns_name: dnsName, extra_dhcp_opts: extra = [] } = spec;
    const extraDhcpOpts = extra.map((option) => ({ name: option.opt_name, value: option.opt_value }));
    const use = isFiltered(spec, draft.network.spec) ? 'filtered-instance' : 'instance';
    const port = resolvePort(topology, assigned, draft, { node, netns, device, use });
    const leased = leasedOf(port.fixedIps);
    return {
      ...port,
      adminStateUp: isUp(spec),
      dnsName,
      extraDhcpOpts,
      leased,
      ...(use === 'filtered-instance' && { security: securityOf(topology, port, spec) }),
    };
  });
  const answered = metadata && { metadata: resolveMetadata(topology, name, metadata, id) };
  return { name, node, attach, ports, ...answered, origin: originAt(topology, ['instances', name]) };
}
