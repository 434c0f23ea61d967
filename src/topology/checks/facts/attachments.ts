import { dhcpNodeOf } from '../../defaults.ts';
import { eachEntry } from '../../entries.ts';
import { perDocument } from '../../per-document.ts';
import { subnetsByName } from '../../subnets.ts';
import type { At } from '../context.ts';

/** A port on a node: its tap is on the node, in the bridge of its network. */
export interface Attachment {
  readonly what: string;
  readonly node: string;
  readonly network: string;
  /** Where the file puts the port on this network. */
  readonly at: At;
  readonly id: string | undefined;
  readonly idPath: readonly (string | number)[];
}

/** The ports of the document, in its order. Their networks and nodes need not be in the document. */
export const attachments = perDocument((doc): readonly Attachment[] => {
  const subnets = subnetsByName(doc);
  const found: Attachment[] = [];
  eachEntry(doc.networks, (name, network) => {
    const node = dhcpNodeOf(doc, network);
    if (node === undefined) return;
    const path = ['networks', name, 'dhcp'];
    const at: At = network.dhcp?.node === undefined ? { path, part: 'key' } : { path: [...path, 'node'] };
    const what = `the DHCP port of ${name}`;
    found.push({ what, node, network: name, at, id: network.dhcp?.port_id, idPath: [...path, 'port_id'] });
  });
  eachEntry(doc.routers, (name, { node, external_gateway: gateway, interfaces }) => {
    if (gateway !== undefined) {
      const path = ['routers', name, 'external_gateway'];
      const at: At = { path: [...path, 'network'] };
      const what = `the gateway of router ${name}`;
      const { network, port_id: id } = gateway;
      found.push({ what, node, network, at, id, idPath: [...path, 'port_id'] });
    }
    eachEntry(interfaces, (subnet, port) => {
      const network = subnets.get(subnet)?.networkName;
      if (network === undefined) return;
      const path = ['routers', name, 'interfaces', subnet];
      const what = `the interface of router ${name} on ${subnet}`;
      const at: At = { path, part: 'key' };
      found.push({ what, node, network, at, id: port.port_id, idPath: [...path, 'port_id'] });
    });
  });
  eachEntry(doc.instances, (name, { node, ports }) => {
    eachEntry(ports, (device, port) => {
      const path = ['instances', name, 'ports', device];
      const at: At = { path: [...path, 'network'] };
      const what = `port ${device} of instance ${name}`;
      found.push({ what, node, network: port.network, at, id: port.id, idPath: [...path, 'id'] });
    });
  });
  return found;
});
