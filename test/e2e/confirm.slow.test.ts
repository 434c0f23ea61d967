import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabRunResult } from '../../src/lab/index.ts';
import type { Topology } from '../../src/topology/types.gen.ts';
import { copyIn } from './support/copy-in.ts';
import { installNetloom, netloomOn } from './support/program.ts';
import { dropConnections, sshConfig, startSshd } from './support/sshd.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { textOf } from './support/topology.ts';

/** A node that is managed over eth0, from an outside host. */
const TOPOLOGY = `
name: e2e-confirm
physical_networks: { management: {}, wire: {} }
nodes:
  n1:
    reach: { via: lab }
    nics:
      eth0: { physical_network: management, addresses: [192.0.2.11/24] }
      eth1: { physical_network: wire }
networks:
  lan: { physical_network: wire, subnets: { s1: { cidr: 10.0.1.0/24 } } }
hosts:
  admin: { nics: { eth0: { physical_network: management, addresses: [192.0.2.5/24] } } }
`;

/** An address of the node that netloom sets. */
const OWN = '192.0.2.21';

/** What the node has, without numbers and counters. */
const STATE = `ip -o addr show | sed 's/^[0-9]*: //; s/valid_lft.*//' | grep -v 'inet6 fe80'
  ip -o link show | sed 's/^[0-9]*: //; s/@if[0-9]*//; s/ state [A-Z]*//; s/,LOWER_UP//; s/,NO-CARRIER//; s/NO-CARRIER,//'
  ip route show table all | grep -v '^\\(fe80\\|ff00\\|multicast\\|anycast\\|local\\).*:'; ip netns; ps -eo args= | grep '^dnsmasq' | sort
  find /run/netloom -type f -not -path '*/.*' -not -name leases -not -path '*/state/*' | sort`;

ownLabs();

describe('an apply over SSH that is to be confirmed', () => {
  const network = labOf(() => parse(TOPOLOGY) as Topology);
  const netloom = (...words: readonly string[]): Promise<LabRunResult> => netloomOn(network(), 'admin', ...words);
  const state = (): Promise<string> => network().in('n1', STATE);
  const file = async (name: string, change: (doc: Topology) => void = () => undefined): Promise<string> => {
    const doc = parse(TOPOLOGY) as Topology;
    doc.nodes!['n1']!.reach = { via: 'ssh', host: '192.0.2.11', user: 'root' };
    doc.nodes!['n1']!.nics!['eth0']!.addresses = ['192.0.2.11/24', `${OWN}/24`];
    delete doc.hosts;
    change(doc);
    await copyIn(network(), 'admin', Buffer.from(textOf(doc)), `/tmp/${name}.yaml`);
    return `/tmp/${name}.yaml`;
  };
  /** Starts an apply on `admin` that waits to be confirmed, and returns when it waits. */
  const applying = async (words: string): Promise<void> => {
    await network().in(
      'admin',
      `${process.execPath} /tmp/netloom/dist/main.cjs apply --yes ${words} >/tmp/out 2>&1 & echo $! >/tmp/pid
       n=0
       while kill -0 $! 2>/dev/null && ! grep -q 'will revert' /tmp/out && [ $n -lt 100 ]; do
         sleep 0.1; n=$((n + 1)); done`,
    );
  };
  const out = async (): Promise<string> => {
    await network().in('admin', 'while kill -0 "$(cat /tmp/pid)" 2>/dev/null; do sleep 0.1; done');
    return network().in('admin', 'cat /tmp/out');
  };
  let plain = '';
  let more = '';

  beforeAll(async () => {
    await installNetloom(network(), ['admin']);
    await startSshd(network(), 'admin', [{ node: 'n1', address: '0.0.0.0' }]);
    await sshConfig(network(), 'admin', 'Host *\n  HostKeyAlias 0.0.0.0\n');
    plain = await file('plain');
    more = await file('more', (doc) => {
      doc.networks!['lan']!.subnets!['s2'] = { cidr: '10.0.2.0/24' };
    });
    expect(await netloom('apply', '--yes', plain)).toMatchObject({ code: 0 });
  });

  it('a change that deletes the address of its own connection is reverted by the node itself', async () => {
    const before = await state();
    const cut = await file('cut', (doc) => {
      doc.nodes!['n1']!.reach = { via: 'ssh', host: OWN, user: 'root' };
      doc.nodes!['n1']!.nics!['eth0']!.addresses = ['192.0.2.11/24'];
    });
    await applying(`--confirm 60s ${cut}`);
    expect(await state()).not.toContain(OWN);
    // Neither end hears of the other any more, and each would give up after 30 s (measured: as before after 35 s).
    await network().in('admin', 'kill -KILL "$(cat /tmp/pid)"');
    await dropConnections(network(), 'n1');
    expect(await until(state, (now) => now === before, 60_000)).toBe(before);
    const planned = await netloom('plan', plain);
    expect(planned).toMatchObject({ code: 0, stdout: 'No changes. The network matches the file.\n' });
    expect(planned.stderr).toMatch(
      /warning\[NLA37\]: an apply of e2e-confirm was reverted on n1: the netloom that applied/,
    );
  });

  it('another terminal keeps it, reverts it, and cannot change the node meanwhile', async () => {
    const before = await state();
    await applying(`--confirm 60s ${more}`);
    for (const verb of ['apply', 'destroy']) {
      const refused = await netloom(verb, '--yes', '--lock-timeout', '0', plain);
      expect(refused, verb).toMatchObject({ code: 1 });
      expect(refused.stderr, verb).toMatch(/error\[NLA30\]: an apply of e2e-confirm waits to be confirmed on n1/);
    }
    const collected = await netloom('gc', '--yes', '--all', '--lock-timeout', '0', '--host', 'root@192.0.2.11');
    expect(collected.stderr).toContain('NLA30');
    expect((await netloom('plan', more)).code).toBe(0);
    expect((await netloom('show', more)).code).toBe(0);
    expect(await netloom('revert', more)).toMatchObject({ code: 0, stdout: 'Reverted on n1.\n' });
    expect(await out()).toContain('error[NLA33]: the changes on n1 were reverted: it was asked for');
    expect(await state()).toBe(before);
    await applying(`--confirm 60s ${more}`);
    expect(await netloom('confirm', more)).toMatchObject({ code: 0, stdout: 'Kept on n1.\n' });
    expect(await out()).toContain('Apply complete');
    expect(await netloom('plan', more)).toMatchObject({
      code: 0,
      stdout: 'No changes. The network matches the file.\n',
    });
  });

  it('SIGUSR1 keeps it, SIGINT reverts it, and when netloom is killed the node reverts', async () => {
    const before = await state();
    for (const signal of ['INT', 'KILL', 'USR1']) {
      await applying(`--confirm ${signal === 'KILL' ? '2s' : '60s'} ${plain}`);
      await network().in('admin', `kill -${signal} "$(cat /tmp/pid)"`);
      const printed = await out();
      if (signal === 'USR1') expect(printed).toContain('Apply complete');
      else expect(await until(state, (now) => now === before, 20_000), printed).toBe(before);
      const { stderr } = await until(
        () => netloom('plan', plain),
        ({ stderr: said }) => signal !== 'KILL' || said.includes('NLA37'),
        20_000,
      );
      expect(stderr.includes('warning[NLA37]'), `${signal}: ${stderr}`).toBe(signal === 'KILL');
    }
    expect(await state()).not.toBe(before);
  });
});
