import { expect, test } from 'vitest';
import { gatesAt } from '../../src/kernel/filters/filters.ts';
import type { Packet } from '../../src/kernel/filters/packet.ts';
import { parseIptablesSave } from '../../src/kernel/netfilter/saved-tables.ts';

test('the zones of our ports are not evaluated beside a foreign rule of raw, which is', () => {
  const save = `*raw
:PREROUTING ACCEPT [0:0]
:neutron-linuxbri-PREROUTING - [0:0]
-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP
-A PREROUTING -j neutron-linuxbri-PREROUTING
-A neutron-linuxbri-PREROUTING -i brq1 -m physdev --physdev-in tap1 -j CT --zone 4097
COMMIT
`;
  const packet: Packet = { family: 4, from: ['brq1'], to: [], portFrom: ['tap1'], bridged: true, state: 'new' };
  const gates = gatesAt('prerouting', packet, {
    iptables: { 4: parseIptablesSave(save), 6: undefined },
    foreign: undefined,
  });
  expect(gates.flatMap(({ endings }) => endings.map(({ rule }) => rule))).toEqual([
    '-t raw -A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP',
    '-t raw -P PREROUTING ACCEPT',
  ]);
});
