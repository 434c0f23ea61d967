import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CAPABILITIES } from '../../../src/service/unit/capabilities.ts';
import { MAIN } from '../support/cli.ts';

const topology = (instances: string): string => `name: e2e-service
physical_networks: { wire: {}, outside: {} }
nodes:
  n1:
    reach: { via: local }
    nics: { eth1: { physical_network: wire }, eth2: { physical_network: outside } }
networks:
  private: { physical_network: wire, subnets: { a: { cidr: 10.0.0.0/24 } } }
  public:
    physical_network: outside
    external: true
    subnets: { b: { cidr: 192.0.2.0/24, enable_dhcp: false } }
routers:
  r1: { node: n1, external_gateway: { network: public }, interfaces: { a: {} } }
security_groups: { web: { rules: [{ direction: ingress, remote_group: web }] } }
instances:
${instances}
floating_ips:
  vm1-public: { floating_network: public, floating_ip_address: 192.0.2.20, instance: vm1 }
`;
const instance = (name: string): string =>
  `  ${name}: { node: n1, attach: tap, metadata: { user_data: hi }, ` +
  'ports: { eth0: { network: private, security_groups: [web] } } }';

/** A machine of its own: its network, and its files below /run. */
const MACHINE = `mount -t tmpfs tmpfs /run && mkdir -p /run/netns && ip link set lo up
for nic in eth1 eth2; do ip link add $nic type veth peer name far-$nic && ip link set $nic up && ip link set far-$nic up; done`;

it('the capabilities of the unit are enough to create, change, repair and remove every kind of object', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'netloom-service-'));
  try {
    const [one, two] = ['one.yaml', 'two.yaml'].map((name) => path.join(folder, name));
    writeFileSync(one!, topology(instance('vm1')));
    writeFileSync(two!, topology(`${instance('vm1')}\n${instance('vm2')}`));
    const allowed = CAPABILITIES.map((name) => `+${name.toLowerCase().replace('cap_', '')}`);
    const bounded = `setpriv --no-new-privs --bounding-set=-all,${allowed.join(',')} "${process.execPath}" "${MAIN}"`;
    const script = `set -e
${MACHINE}
${bounded} apply --yes "${one!}"
${bounded} plan --detailed-exitcode "${one!}"
servers() {
  for pid in $(pgrep -x 'dnsmasq|haproxy'); do
    [ "$(readlink /proc/$pid/ns/mnt)" != "$(readlink /proc/self/ns/mnt)" ] || echo "$pid"
  done
}
for pid in $(servers); do grep CapBnd "/proc/$pid/status"; done
${bounded} apply --yes "${two!}"
kill $(servers)
${bounded} apply --yes "${two!}"
${bounded} plan --detailed-exitcode "${two!}"
${bounded} destroy --yes "${two!}"
ip netns; ip -o link | grep -c 'tap\\|brq' || true`;
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      ['-n', '-m', '--propagation', 'private', 'sh', '-c', script],
      {
        encoding: 'utf8',
        env: { ...process.env, XDG_STATE_HOME: folder },
      },
    );
    expect([status, stderr.match(/error\[.*/g)], stdout + stderr).toEqual([0, null]);
    // What the daemons may do is limited, too.
    const bounds = stdout.match(/^CapBnd:\t(.*)$/gm) ?? [];
    expect(bounds.length, stdout).toBeGreaterThanOrEqual(1);
    expect(stdout).toMatch(/\n0\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
