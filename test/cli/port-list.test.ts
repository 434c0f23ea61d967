import { expect, test } from 'vitest';
import { netloom, TOPOLOGY } from '../support/fake-world.ts';

/** The file with a guest that a hypervisor runs, and without expectations, which need the lab's own guests. */
const withTap = {
  't.yaml': TOPOLOGY.replace('vm2: { node: n1,', 'vm2: { node: n1, attach: tap,').replace(/expect:[^]*/, ''),
};

test('port list derives everything from the file', async () => {
  const ran = await netloom(['port', 'list', 't.yaml'], { columns: 80 });
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(/^INSTANCE\/PORT .*\n.*\nvm1\/eth0 +n1 /);
  expect(ran.calls.filter((call) => call.startsWith('open') || call.startsWith('read'))).toEqual([]);
  for (const line of ran.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('--node, --instance and --all select ports', async () => {
  const names = async (...flags: string[]) => {
    const { out } = await netloom(['port', 'list', '--json', ...flags, 't.yaml']);
    return (JSON.parse(out) as { ports: { type: string; name: string }[] }).ports.map(
      ({ type, name }) => `${type} ${name}`,
    );
  };
  expect(await names()).toEqual(['instance vm1', 'instance vm2']);
  expect(await names('--instance', 'vm2')).toEqual(['instance vm2']);
  expect(await names('--node', 'n1', '--all')).toEqual(['instance vm1', 'instance vm2', 'dhcp net1']);
});

test('--libvirt prints an element for each tap alone', async () => {
  const ran = await netloom(['port', 'list', '--libvirt', 't.yaml'], { files: withTap });
  expect(ran.code).toBe(0);
  expect(ran.out.match(/<interface type='ethernet'>/g)).toHaveLength(1);
  expect(ran.out).toContain('<!-- vm2/eth0 on node n1 -->');
});

test.each([
  [['--node', 'n9'], 'NLX22', 'it has n1'],
  [['--instance', 'vm9'], 'NLX23', 'it has vm1, vm2'],
  [['--libvirt'], 'NLX23', 'attach: tap'],
])('%j is an error with a hint', async (flags, code, hint) => {
  const ran = await netloom(['port', 'list', ...flags, 't.yaml']);
  expect(ran).toMatchObject({ code: 1, out: '' });
  expect(ran.err).toContain(`error[${code}]`);
  expect(ran.err).toContain(hint);
});

test('--libvirt excludes --json and --all', async () => {
  for (const flag of ['--json', '--all']) {
    const ran = await netloom(['port', 'list', '--libvirt', flag, 't.yaml'], { files: withTap });
    expect(ran.code, flag).toBe(1);
    expect(ran.err).toContain('cannot be used with');
  }
});
