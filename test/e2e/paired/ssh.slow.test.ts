import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { LabRunResult } from '../../../src/lab/index.ts';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { copyIn } from '../support/copy-in.ts';
import { installNetloom, netloomOn } from '../support/program.ts';
import { dropConnections, OPERATOR, sshConfig, startSshd } from '../support/sshd.ts';
import { labOf, ownLabs, until } from '../support/suite.ts';
import { textOf } from '../support/topology.ts';

/** The nodes are reached directly as root, as a user who becomes root by sudo, and through the first node. */
const TOPOLOGY = `
name: e2e-ssh
physical_networks: { management: {}, inner: {}, wire1: {}, wire2: {}, wire3: {} }
nodes:
  near:
    reach: { via: lab }
    nics:
      eth0: { physical_network: management, addresses: [192.0.2.11/24] }
      eth1: { physical_network: wire1 }
      eth2: { physical_network: inner, addresses: [198.51.100.11/24] }
  user:
    reach: { via: lab }
    nics:
      eth0: { physical_network: management, addresses: [192.0.2.12/24] }
      eth1: { physical_network: wire2 }
  far:
    reach: { via: lab }
    nics:
      eth2: { physical_network: inner, addresses: [198.51.100.13/24] }
      eth1: { physical_network: wire3 }
networks:
  lan1:
    physical_network: wire1
    dhcp: { node: near }
    subnets: { s1: { cidr: 10.0.1.0/24 } }
  lan2:
    physical_network: wire2
    dhcp: { node: user }
    subnets: { s2: { cidr: 10.0.2.0/24 } }
  lan3:
    physical_network: wire3
    dhcp: { node: far }
    subnets: { s3: { cidr: 10.0.3.0/24 } }
hosts:
  admin: { nics: { eth0: { physical_network: management, addresses: [192.0.2.5/24] } } }
`;
const ADDRESSES = { near: '192.0.2.11', user: '192.0.2.12', far: '198.51.100.13' };
const JUMP = `Host ${ADDRESSES.far}\n  ProxyJump root@${ADDRESSES.near}\n`;
/** Gives the second node the key of the first one. */
const CHANGED = `sed -i -n '/^${ADDRESSES.user} /!p; s/^${ADDRESSES.near} /${ADDRESSES.user} /p'`;
const NODES = ['near', 'user', 'far'] as const;
const UNCHANGED = 'No changes. The network matches the file.\n';

ownLabs();

describe('nodes reached by OpenSSH', () => {
  const network = labOf(() => parse(TOPOLOGY) as Topology);
  const netloom = (...words: readonly string[]): Promise<LabRunResult> => netloomOn(network(), 'admin', ...words);
  /** Writes the topology for a member, with a change, and returns the file. */
  const file = async (
    name: string,
    change: (doc: Topology) => void = () => undefined,
    member = 'admin',
  ): Promise<string> => {
    const doc = parse(TOPOLOGY) as Topology;
    for (const node of NODES) doc.nodes![node]!.reach = { via: 'ssh', host: ADDRESSES[node], user: 'root' };
    doc.nodes!['user']!.reach = { via: 'ssh', host: ADDRESSES.user, user: OPERATOR };
    delete doc.hosts;
    change(doc);
    await copyIn(network(), member, Buffer.from(textOf(doc)), `/tmp/${name}.yaml`);
    return `/tmp/${name}.yaml`;
  };
  /** Returns the links of the nodes, to show that nothing was changed. */
  const links = (): Promise<string[]> =>
    Promise.all(NODES.map((node) => network().in(node, 'ip -o link show; ip netns; ls /run/netloom 2>/dev/null || :')));
  let plain = '';

  beforeAll(async () => {
    await installNetloom(network(), ['admin', 'user']);
    const listeners = NODES.map((node) => ({ node, address: ADDRESSES[node] }));
    await startSshd(network(), 'admin', listeners);
    await sshConfig(network(), 'admin', JUMP);
    plain = await file('plain');
  });

  it.each([
    ['a key that the node does not know', 'user', 'authorized_keys', 'echo >', /Permission denied \(publickey\)/],
    ['a host key of another node', 'admin', 'known_hosts', CHANGED, /Host key verification failed/],
  ])('%s is an error before anything happens on any node', async (_, member, keys, change, message) => {
    const before = await links();
    await network().in(member, `cd /run/netloom-test-ssh && cp ${keys} kept && ${change} ${keys}`);
    const { code, stdout, stderr } = await netloom('apply', '--yes', plain);
    await network().in(member, `cd /run/netloom-test-ssh && mv kept ${keys}`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/error\[NLH008\]: 1 of 3 nodes cannot be reached: user/);
    expect(stderr).toMatch(message);
    expect(stderr).toContain(`netloom apply --except user --yes ${plain}`);
    expect(await links()).toEqual(before);
  });

  it('a user whose sudo asks for a password is told so', async () => {
    await network().in('user', `echo '${OPERATOR} ALL=(ALL) ALL' >/etc/sudoers.d/${OPERATOR}`);
    const { code, stderr } = await netloom('apply', '--yes', plain);
    await network().in('user', `echo '${OPERATOR} ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/${OPERATOR}`);
    expect(code).toBe(1);
    expect(stderr).toContain('sudo: a password is required');
  });

  it('a node that is down does not hide the plan of the others, and stops an apply', async () => {
    const down = await file('down', (doc) => {
      doc.nodes!['user']!.reach = { via: 'ssh', host: ADDRESSES.user, user: 'root', port: 1 };
    });
    const before = await links();
    const planned = await netloom('plan', down);
    expect(planned.code).toBe(1);
    expect(planned.stderr).toMatch(/error\[NLH008\]: 1 of 3 nodes cannot be reached: user[^]*Connection refused/);
    expect(planned.stdout, planned.stderr).toMatch(/^\+ network lan1/m);
    expect(planned.stdout).toMatch(/^Plan: \d+ to add, .* Left out: user\.$/m);
    const { code, stderr } = await netloom('apply', '--yes', down);
    expect(code).toBe(1);
    expect(stderr).toContain('NLH008');
    expect(await links()).toEqual(before);
  });

  it('a connection that drops in the middle of an apply is an error, and the next apply converges', async () => {
    // The DHCP server is slow to start, and meanwhile the connection is lost.
    await network().in(
      'near',
      `printf '#!/bin/sh\\n: >/run/begun\\nsleep 3\\nexec dnsmasq.real "$@"\\n' >/run/slow && chmod +x /run/slow
       cp "$(command -v dnsmasq)" /run/dnsmasq.real && mount --bind /run/slow "$(command -v dnsmasq)"
       sed -i 's,exec dnsmasq,exec /run/dnsmasq,' /run/slow`,
    );
    const applied = netloom('apply', '--yes', plain);
    await until(
      () => network().try('near', 'test -e /run/begun'),
      ({ code }) => code === 0,
    );
    await dropConnections(network(), 'near');
    const { code, stderr } = await applied;
    expect(code).toBe(1);
    expect(stderr).toMatch(/error\[NLH005\]: The connection to node near \(ssh root@192\.0\.2\.11\) ended/);
    await network().in('near', 'umount -l "$(readlink -f "$(command -v dnsmasq)")"');
    expect(await netloom('apply', '--yes', plain)).toMatchObject({ code: 0 });
    expect(await netloom('plan', plain)).toMatchObject({ code: 0, stdout: UNCHANGED });
  });

  it('one node at a time gives the same', async () => {
    expect(await netloom('destroy', '--yes', '--parallelism', '1', plain)).toMatchObject({ code: 0 });
    expect(await netloom('apply', '--yes', '--parallelism', '1', plain)).toMatchObject({ code: 0 });
  });

  it('connections that share one by ControlMaster are used, and outlive the command', async () => {
    const shared = 'Host *\n  ControlMaster auto\n  ControlPath /run/netloom-test-ssh/%C\n  ControlPersist 60\n';
    await sshConfig(network(), 'admin', `${JUMP}${shared}`);
    const check = `ssh -O check root@${ADDRESSES.near} 2>&1`;
    expect(await netloom('plan', plain)).toMatchObject({ code: 0, stdout: UNCHANGED });
    const master = await network().in('admin', check);
    expect(master).toMatch(/^Master running/);
    expect(await netloom('apply', '--yes', plain)).toMatchObject({ code: 0 });
    expect(await network().in('admin', check)).toBe(master);
    await sshConfig(network(), 'admin', JUMP);
  });

  describe('the connection by which netloom reaches a node', () => {
    const BRIDGED = 'ip -o link show master $(ls /sys/class/net | grep ^brq) | grep -c eth0';
    /** The network of the second node is on the NIC of the connection, with these addresses. */
    const onNic = (addresses: readonly string[], host: string) => (doc: Topology) => {
      doc.networks!['lan2']!.physical_network = 'management';
      doc.nodes!['user']!.nics!['eth0']!.addresses = [...addresses];
      doc.nodes!['user']!.reach = { via: 'ssh', host, user: OPERATOR };
    };
    const [FIRST, SECOND] = [`${ADDRESSES.user}/24`, '192.0.2.22/24'];

    it('is not cut by a rule that names its NIC alone', async () => {
      const rules = 'iptables -A INPUT -i eth0 -p tcp --dport 22 -j ACCEPT && iptables -P INPUT DROP';
      await network().in('user', rules);
      const { code, stderr } = await netloom('apply', '--yes', await file('nic', onNic([FIRST], ADDRESSES.user)));
      await network().in('user', 'iptables -P INPUT ACCEPT && iptables -F INPUT');
      expect(code).toBe(1);
      expect(stderr).toMatch(/error\[NLP35\]: user would refuse the SSH connection by which netloom reaches it/);
    });

    it('is not followed by a refusal of every new login', async () => {
      // A firewall that lets in what conntrack knows, and new logins.
      await network().in(
        'user',
        `iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
         iptables -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -j ACCEPT
         iptables -P INPUT DROP`,
      );
      const filtered = await file('filtered', (doc) => {
        onNic([FIRST], ADDRESSES.user)(doc);
        doc.nodes!['user']!.manage_bridge_netfilter = true;
        doc.networks!['lan2']!.port_security_enabled = true;
        doc.instances = { vm: { node: 'user', attach: 'tap', ports: { eth0: { network: 'lan2' } } } };
      });
      const { code, stderr } = await netloom('apply', '--yes', filtered);
      expect(code).toBe(1);
      expect(stderr).toMatch(/error\[NLP81\]: the SSH connection to user would be cut/);
      const [, line = ''] =
        /hint: on user: (iptables -I INPUT -i brq\S+ -p tcp --dport 22 -j ACCEPT)/.exec(stderr) ?? [];
      await network().in('user', line);
      expect(await netloom('apply', '--yes', filtered)).toMatchObject({ code: 0 });
      // A new login.
      expect(await netloom('plan', filtered)).toMatchObject({ code: 0, stdout: UNCHANGED });
      expect(await netloom('apply', '--yes', plain)).toMatchObject({ code: 0 });
      await network().in('user', 'iptables -P INPUT ACCEPT && iptables -F INPUT');
    });

    it('goes on while its NIC moves into a bridge and back', async () => {
      const moved = await file('nic', onNic([FIRST, SECOND], ADDRESSES.user));
      expect(await netloom('apply', '--yes', moved)).toMatchObject({ code: 0 });
      expect(await network().in('user', BRIDGED)).toBe('1\n');
      expect(await netloom('apply', '--yes', plain)).toMatchObject({ code: 0 });
      expect(await network().try('user', 'ip -o link show master eth0')).toMatchObject({ stdout: '' });
      expect(await netloom('apply', '--yes', moved)).toMatchObject({ code: 0 });
    });

    it('is not cut by a plan that deletes its address', async () => {
      await sshConfig(network(), 'admin', `Host 192.0.2.22\n  HostKeyAlias ${ADDRESSES.user}\n${JUMP}`);
      const before = await network().in('user', 'ip -o address');
      for (const words of [
        ['apply', await file('nic', onNic([FIRST], '192.0.2.22'))],
        ['destroy', await file('all', onNic([FIRST, SECOND], '192.0.2.22'))],
      ]) {
        const { code, stderr } = await netloom(words[0]!, '--yes', words[1]!);
        expect(code).toBe(1);
        expect(stderr).toMatch(
          /error\[NLP81\]: the SSH connection to user would be cut: 192\.0\.2\.5 → 192\.0\.2\.22 port 22/,
        );
        expect(stderr).toContain('delete address 192.0.2.22/24%eth0 takes address 192.0.2.22');
        expect(stderr).toContain('--allow-lockout');
      }
      expect(await network().in('user', 'ip -o address')).toBe(before);
      const planned = await netloom('plan', '/tmp/nic.yaml');
      expect([planned.code, planned.stderr]).toEqual([0, expect.stringContaining('warning[NLP81]')]);
      // On the node itself it is the login's own, also under sudo.
      const local = await file(
        'local',
        (doc) => {
          onNic([FIRST], '')(doc);
          doc.nodes = { user: { nics: doc.nodes!['user']!.nics! } };
          doc.networks = { lan2: doc.networks!['lan2']! };
        },
        'user',
      );
      const words = `sudo -n ${process.execPath} /tmp/netloom/dist/main.cjs apply --yes ${local}`;
      expect(await network().try('admin', `ssh ${OPERATOR}@192.0.2.22 ${words}`)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('error[NLP81]') as unknown,
      });
      expect(await network().in('user', 'ip -o address')).toBe(before);
      // Reached by the other address, the same plan may be applied.
      expect(await netloom('apply', '--yes', await file('nic', onNic([FIRST], ADDRESSES.user)))).toMatchObject({
        code: 0,
      });
      expect(await network().in('user', 'ip -o address')).not.toContain('192.0.2.22');
    });
  });
});
