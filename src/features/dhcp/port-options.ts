import type { DhcpClient, ExtraDhcpOption } from '../../resolve/resolved.ts';

/** The tag that a client gets by its line in the hosts file; its options are limited to the tag. */
export function portTag({ portId }: DhcpClient): string {
  return `port-${portId}`;
}

/** The client identifier that replaces the MAC. It is not an option, but part of the line in the hosts file. */
export function clientIdOf({ extraDhcpOpts }: DhcpClient): string | undefined {
  return extraDhcpOpts.find(isClientId)?.value;
}

/** Lines of the options file for ports with options of their own, as in Neutron's `_generate_opts_per_port`. */
export function portOptions(clients: readonly DhcpClient[]): readonly string[] {
  // A port with several addresses has one set of options.
  const ports = new Map(clients.map((client) => [client.portId, client]));
  return [...ports.values()].flatMap((client) =>
    client.extraDhcpOpts.filter((option) => !isClientId(option)).map((option) => line(portTag(client), option)),
  );
}

function isClientId({ name }: ExtraDhcpOption): boolean {
  return name === 'client-id' || name === '61';
}

/** A further tag (`tag:ipxe,`) precedes the option's name both in the topology and in the line. */
function line(tag: string, { name, value }: ExtraDhcpOption): string {
  const [, further = '', option = ''] = /^(tag:[^,]+,)?(.*)$/.exec(name) ?? [];
  return `tag:${tag},${further}${/^\d+$/.test(option) ? option : `option:${option}`},${value}`;
}
