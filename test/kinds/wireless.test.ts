import { describe, expect, test } from 'vitest';
import { wirelessProbe } from '../../src/kinds/nic/wireless.ts';
import { planNetwork } from '../../src/session/plan.ts';
import { fakeShell, ip, link } from '../codes/fake-node.ts';
import { graphOf, PLAIN, SWITCHED } from '../codes/topologies.ts';
import { openvswitch } from '../codes/fake-node.ts';

/** The output of `iw dev` for one interface. */
function iwDev(type: string, more = ''): string {
  return `phy#0
\tInterface eth0
\t\tifindex 2
\t\twdev 0x1
\t\taddr 02:00:00:00:00:01
\t\ttype ${type}
\t\ttxpower 20.00 dBm
${more}`;
}

async function refusals(text: string, wireless: string): Promise<readonly string[]> {
  const node = {
    node: { ...openvswitch(), wireless },
    own: ip([link('lo', 1, { flags: ['LOOPBACK', 'UP'] }), link('eth0', 2, { link_type: 'ether' })]),
  };
  const { diagnostics } = await planNetwork(graphOf(text), new Map([['n1', fakeShell('n1', node)]]));
  return diagnostics.filter(({ code }) => code === 'NLP60').map(({ summary }) => summary);
}

describe('a Wi-Fi interface as a NIC', () => {
  test.each([['managed'], ['IBSS'], ['P2P-client']])('one of type %s is refused', async (type) => {
    for (const text of [PLAIN, SWITCHED]) {
      expect(await refusals(text, iwDev(type))).toEqual([expect.stringContaining(`is a Wi-Fi station (type ${type})`)]);
    }
  });

  test.each([
    ['an access point', iwDev('AP')],
    ['a mesh point', iwDev('mesh point')],
    ['a station with four addresses', iwDev('managed', '\t\t4addr: on\n')],
    ['one of another name', iwDev('managed').replace('eth0', 'wlan0')],
    ['of a node without iw', ''],
  ])('%s is not', async (_, wireless) => {
    expect(await refusals(PLAIN, wireless)).toEqual([]);
  });

  test('its mode is read from several interfaces', () => {
    const modes = wirelessProbe.parse(`${iwDev('AP')}\tInterface wlan1\n\t\ttype managed\n\t\t4addr: on\n`);
    expect([...modes]).toEqual([
      ['eth0', { type: 'AP', hasFourAddresses: false }],
      ['wlan1', { type: 'managed', hasFourAddresses: true }],
    ]);
  });
});
