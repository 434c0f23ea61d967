import type { ResolvedTopology } from '../../resolve/resolved.ts';
import type { ServiceProbe } from './probe.ts';
import { neighbours } from './senders.ts';

/**
 * Returns a ping to every address of every instance, from the first port of ours in its subnet. ARP is enough of an
 * answer: security groups may refuse pings. Silence of a hypervisor's guest is no failure, since it may be off; a
 * stand-in of the lab is always on. A port that is down cannot answer.
 */
export function instanceProbes(resolved: ResolvedTopology): readonly ServiceProbe[] {
  const all = neighbours(resolved);
  return [...resolved.instances.values()].flatMap(({ name, node, attach, ports }) =>
    ports
      .filter(({ adminStateUp }) => adminStateUp)
      .flatMap((port) =>
        port.fixedIps.flatMap(({ address, subnet }): readonly ServiceProbe[] => {
          const from = all.find(({ fixedIp }) => fixedIp.subnet.name === subnet.name);
          if (!from) return [];
          return [
            {
              service: { node, type: 'instance', name: `${name} ${port.device}` },
              from,
              words: `ping ${address}`,
              ask: {
                type: 'ping',
                address,
                device: from.port.device,
                source: from.fixedIp.address,
                mac: port.mac,
                target: attach === 'lab' ? 'mayFilter' : 'mayBeOff',
              },
            },
          ];
        }),
      ),
  );
}
