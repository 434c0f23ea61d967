import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/lab/report.ts';

describe('the report of a lab', () => {
  it('lists the state of each member', () => {
    const text = `member node n1
[{"ifname":"lo","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8}]},{"ifname":"eth0","address":"02:00:00:00:00:01","addr_info":[{"family":"inet6","local":"fe80::1","prefixlen":64}]}]
runs ovsdb-server
member instance g1
[]
lease eth0 kind dhcp
lease eth0 routes 169.254.169.254/32 10.0.0.2
lease eth0 mtu 
`;
    expect(parseReport(text)).toEqual([
      {
        kind: 'node',
        name: 'n1',
        devices: [
          { device: 'lo', mac: '', addresses: ['127.0.0.1/8'] },
          { device: 'eth0', mac: '02:00:00:00:00:01', addresses: [] },
        ],
        daemons: ['ovsdb-server'],
        leases: new Map(),
      },
      {
        kind: 'instance',
        name: 'g1',
        devices: [],
        daemons: [],
        leases: new Map([['eth0', { kind: 'dhcp', routes: '169.254.169.254/32 10.0.0.2', mtu: '' }]]),
      },
    ]);
  });
});
