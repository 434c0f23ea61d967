/**
 * Returns the `external_ids` by which Neutron's agents identify a port's interface: the port, its status and its MAC.
 */
export function portIds(port: { readonly ifaceId: string; readonly mac: string }): Readonly<Record<string, string>> {
  return { 'iface-id': port.ifaceId, 'iface-status': 'active', 'attached-mac': port.mac };
}
