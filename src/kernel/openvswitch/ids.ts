/**
 * The ids by which Neutron's agents know a port's interface: which port, that it is in use, and its link-layer address.
 */
export function portIds(port: { readonly ifaceId: string; readonly mac: string }): Readonly<Record<string, string>> {
  return { 'iface-id': port.ifaceId, 'iface-status': 'active', 'attached-mac': port.mac };
}
