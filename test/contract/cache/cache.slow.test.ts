import { beforeAll, describe, expect, test } from 'vitest';
import { testNodes, type TestNode } from '../../support/node.ts';
import { BEFORE, CHANGES, WORDS } from './changes.ts';
import { OURS, reading, type Reading } from './reads.ts';

const nodes = testNodes('ip', 'iptables');
const FOLDER = '/run/netloom/.cache';

let node: TestNode;
const run = (script: string): Promise<string> => node.sh(`${WORDS}\n${script}`);
const used = (): Promise<Reading> => reading(node, 'use');
const fresh = (): Promise<Reading> => reading(node, 'off');

/** Expects that a cached reading is what the programs print. */
async function expectTrue(): Promise<Reading> {
  const cached = await used();
  const { outputs } = await fresh();
  expect(cached.outputs).toEqual(outputs);
  return cached;
}

beforeAll(async () => {
  node = await nodes.open();
  await run(`${BEFORE}\nsleep 2`);
  await used();
});

test('after every change that a program prints, the key is another one', async () => {
  let before = await reading(node, 'compare');
  const invisible: string[] = [];
  const wrong: string[] = [];
  const impossible: string[] = [];
  const untold: string[] = [];
  let hits = 0;
  for (const { name, script, optional } of CHANGES) {
    const { code, output } = await node.try(`set -e\n${WORDS}\n${script}`);
    if (code !== 0 && optional === true) continue;
    if (code !== 0) impossible.push(`${name}: ${output}`);
    // An output that is new under the old key is an error.
    const now = await reading(node, 'compare').catch((error: unknown) => String(error));
    if (typeof now === 'string') wrong.push(`${name}: ${now}`);
    else {
      if (JSON.stringify(now.outputs) === JSON.stringify(before.outputs)) invisible.push(name);
      if (now.digest === undefined || now.digest === before.digest) untold.push(name);
      hits += now.cost.hits;
      before = now;
    }
  }
  expect(impossible).toEqual([]);
  expect(wrong).toEqual([]);
  expect(invisible).toEqual([]);
  expect(untold).toEqual([]);
  // A change of links leaves the rules as they were, and one in a namespace the others.
  expect(hits).toBeGreaterThan(3 * CHANGES.length);
  await expectTrue();
}, 180_000);

describe('what did not change', () => {
  test('is read without a program, whatever traffic there is', async () => {
    await run(`ip link add name tap2 type veth peer name qr2 netns ${OURS}; ip link set dev tap2 up
      i link set dev qr2 up; i addr add 10.5.0.1/24 dev qr2; ip addr add 10.5.0.2/24 dev tap2
      ip link add name br2 type bridge; ip link set dev br2 up; ip link set dev tap2 master br2
      ip addr flush dev tap2; ip addr add 10.5.0.2/24 dev br2
      t4 -A INPUT -j ACCEPT; t4 -P OUTPUT ACCEPT; ping -c 1 -w 5 10.5.0.1 >/dev/null; sleep 2`);
    await used();
    await node.sh('ping -q -i 0.01 -c 300 10.5.0.1 >/run/ping 2>&1 &');
    const costs = [];
    const digests = new Set<string | undefined>();
    for (let i = 0; i < 5; i += 1) {
      const { cost, digest } = await used();
      costs.push(cost);
      digests.add(digest);
    }
    expect(digests.size).toBe(1);
    expect([...digests]).not.toContain(undefined);
    expect(costs.map(({ misses }) => misses)).toEqual([0, 0, 0, 0, 0]);
    // The workers, and the shell of the node's probes: however many namespaces there are.
    expect(Math.max(...costs.map(({ processes }) => processes))).toBeLessThanOrEqual(12);
    // With the cache a program tells the digest.
    expect((await fresh()).cost.processes + 1 - (costs[0]?.processes ?? 0)).toBe(costs[0]?.hits);
    await expectTrue();
  });
});

describe('a file of the cache is no state', () => {
  const entry = `${FOLDER}/n:${OURS}`;
  const damages: Readonly<Record<string, string>> = {
    missing: `rm '${entry}'`,
    'cut off': `truncate -s -100 '${entry}'`,
    empty: `: >'${entry}'`,
    'changed in one byte': `printf X | dd of='${entry}' bs=1 seek=900 conv=notrunc 2>/dev/null`,
    'readable by others': `chmod 644 '${entry}'`,
    'a link to another file': `mv '${entry}' /run/moved; ln -s /run/moved '${entry}'`,
    'another name of a file': `ln '${entry}' /run/second`,
    'of another namespace': `cp -p '${FOLDER}/own' '${entry}'`,
    'a folder': `rm '${entry}'; mkdir '${entry}'; : >'${entry}/x'`,
    'of another boot or version': `sed -i s/./x/ ${FOLDER}/common`,
    'in a folder that others can read': `chmod 755 ${FOLDER}`,
    'in a folder that others can write': 'chmod 777 /run/netloom',
  };
  test.each(Object.keys(damages))('%s', async (damage) => {
    await node.sh(`rm -rf '${entry}' /run/second /run/moved`);
    await used();
    expect((await used()).cost.misses).toBe(0);
    // And the program that tells the digest.
    const asked = (await fresh()).cost.processes + 1;
    await node.sh(damages[damage] ?? '');
    const { cost } = await expectTrue();
    await node.sh(`chmod 755 /run/netloom; chmod 700 ${FOLDER}`);
    expect(cost.misses > 0 || cost.processes === asked).toBe(true);
  });
});

test('a program that is replaced is asked; one that is a script always', async () => {
  await used();
  const asked = (await fresh()).cost.processes;
  await node.sh(`ip=$(readlink -f "$(command -v ip)"); cp "$ip" /run/real
    printf '#!/bin/sh\\n/run/real "$@" | sed s/65536/65530/\\n' >/run/script; chmod 755 /run/script
    touch -d '1 hour ago' /run/script; sleep 3; mount --bind /run/script "$ip"`);
  try {
    await expectTrue();
    expect((await used()).cost.misses).toBe(0);
    expect((await used()).cost.hits).toBeGreaterThan(0);
    expect((await used()).outputs[`namespace ${OURS} ip`]).toContain('65530');
  } finally {
    await node.sh('umount "$(readlink -f "$(command -v ip)")"');
  }
  expect((await used()).outputs[`namespace ${OURS} ip`]).not.toContain('65530');
  expect((await used()).cost.processes).toBeLessThan(asked);
});

test('the names of tables are read again', async () => {
  await run('i link set dev lo up; i addr add 10.6.0.1/24 dev lo; i route add 10.7.0.0/24 dev lo table 4711');
  await used();
  await node.sh(`cp -r /etc/iproute2 /run/tables
    echo 4711 mine >>/run/tables/rt_tables; sleep 3
    mount --bind /run/tables /etc/iproute2`);
  try {
    const { outputs } = await expectTrue();
    expect(outputs[`namespace ${OURS} ip`]).toContain('"table":"mine"');
  } finally {
    await node.sh('umount /etc/iproute2');
  }
});

test('files of namespaces that are gone are removed, and all with the last topology', async () => {
  await node.sh('ip netns add short');
  await used();
  expect(await node.sh(`ls ${FOLDER}`)).toContain('n:short');
  await node.sh('ip netns del short');
  await used();
  expect(await node.sh(`ls ${FOLDER}`)).not.toContain('n:short');
  await node.sh('rmdir /run/netloom/demo');
  await used();
  expect(await node.sh('ls -A /run | grep netloom$ || :')).toBe('');
});
