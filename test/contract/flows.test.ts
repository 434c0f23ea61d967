import { beforeAll, describe, expect, test } from 'vitest';
import { shellLine } from '../../src/hosts/quote.ts';
import { deleteFlows } from '../../src/kernel/effects/flow-tokens.ts';
import type { Flows } from '../../src/kernel/effects/flow-tokens.ts';
import { testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('conntrack');

describe('connections that are no longer allowed', () => {
  let node: TestNode;

  beforeAll(async () => {
    node = await nodes.open();
  });

  /** A connection from one address to a port of another, in a zone. */
  const begin = (zone: number, from: string, to: string, port: number): Promise<string> =>
    node.sh(
      `conntrack -I -w ${String(zone)} -p tcp --state ESTABLISHED --timeout 300 -s ${from} -d ${to} --sport 1000 ` +
        `--dport ${String(port)}`,
    );
  const tracked = async (): Promise<string[]> => {
    const text = await node.sh('conntrack -L -f ipv4 2>/dev/null || :');
    return [...text.matchAll(/ src=(\S+) dst=(\S+) sport=\d+ dport=(\d+) .* zone=(\d+)/g)]
      .map(([, from, to, port, zone]) => `${zone!} ${from!} ${to!} ${port!}`)
      .sort();
  };
  const cut = async (flows: readonly Flows[]): Promise<void> => {
    for (const command of deleteFlows(null, flows)) {
      if (command.tool === 'exec') await node.sh(`${shellLine(command.argv)} || [ $? = 1 ]`);
    }
  };
  const to = (address: string, more: Partial<Flows> = {}): Flows => ({
    family: 4,
    zone: 4097,
    destination: `${address}/32`,
    protocol: 'tcp',
    ports: { first: 22, last: 22 },
    ...more,
  });

  test.each([
    ['few', 2],
    ['many', 20],
  ])('of %s ports: only those owed, in their zone', async (_, ports) => {
    await node.sh('conntrack -F 2>/dev/null');
    const mine = Array.from({ length: ports }, (__, at) => `10.0.0.${String(at + 1)}`);
    for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.21']) {
      await begin(4097, '192.0.2.1', address, 22);
      await begin(4097, '192.0.2.1', address, 80);
      await begin(4098, '192.0.2.1', address, 22);
    }
    // A connection whose replies, not whose requests, go to a port.
    await begin(4097, '10.0.0.2', '192.0.2.1', 22);
    await cut(mine.map((address) => to(address)));
    expect(await tracked()).toEqual(
      [
        '4097 10.0.0.2 192.0.2.1 22',
        '4097 192.0.2.1 10.0.0.1 80',
        '4097 192.0.2.1 10.0.0.2 80',
        '4097 192.0.2.1 10.0.0.21 22',
        '4097 192.0.2.1 10.0.0.21 80',
        '4098 192.0.2.1 10.0.0.1 22',
        '4098 192.0.2.1 10.0.0.2 22',
        '4098 192.0.2.1 10.0.0.21 22',
      ].sort(),
    );
  });

  test('of many ports with several members, each once; and of a range of ports', async () => {
    await node.sh('conntrack -F 2>/dev/null');
    const members = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5', '192.0.2.6'];
    const mine = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6', '10.0.0.7'];
    const flows = mine.flatMap((own) => members.map((member) => to(own, { source: `${member}/32` })));
    expect(deleteFlows(null, flows)).toHaveLength(members.length);
    for (const from of ['192.0.2.1', '192.0.2.6', '192.0.2.7']) await begin(4097, from, '10.0.0.7', 22);
    for (const port of [4999, 5000, 5010, 5011]) await begin(4097, '192.0.2.1', '10.0.0.1', port);
    await cut([...flows, to('10.0.0.1', { ports: { first: 5000, last: 5010 } })]);
    expect(await tracked()).toEqual([
      '4097 192.0.2.1 10.0.0.1 4999',
      '4097 192.0.2.1 10.0.0.1 5011',
      '4097 192.0.2.7 10.0.0.7 22',
    ]);
  });
});
