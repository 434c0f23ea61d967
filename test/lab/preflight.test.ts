import { describe, expect, it } from 'vitest';
import { checkMachine, type LabMachine } from '../../src/lab/preflight.ts';
import type { LabShape } from '../../src/lab/shape.ts';
import { labShape } from '../../src/lab/shape-of.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import { example } from './support.ts';

async function missing(shape: LabShape, machine: LabMachine = { dirs: '/nowhere' }): Promise<string[]> {
  const error: unknown = await checkMachine(shape, machine).catch((reason: unknown) => reason);
  if (!(error instanceof DiagnosticError)) throw new Error('nothing is missing');
  return error.diagnostics.map(({ code, summary, hint = '' }) => `${code} ${summary} | ${hint}`);
}

describe('the check of a lab’s requirements', () => {
  it('names every missing program with its package', async () => {
    const found = await missing(labShape(example()));
    expect(found).toHaveLength(9);
    expect(found).toContain(
      'NLL007 The lab needs udhcpc or busybox or dhclient, which is missing on this host | ' +
        'Install the package udhcpc; `netloom doctor` shows everything that is missing.',
    );
    expect(found.at(-1)).toContain('perl-base');
  });

  it('checks only programs that the topology uses', async () => {
    const found = await missing({ name: 'demo', switches: [], members: [], cables: [] });
    expect(found.join(' ')).not.toMatch(/perl|udhcpc|openvswitch/);
  });

  it('checks Open vSwitch and tap devices only if a node has Open vSwitch', async () => {
    const shape = labShape({
      doc: { name: 'demo', physical_networks: {}, nodes: { n1: {}, n2: { mechanism: 'openvswitch' } } },
    });
    const found = await missing(shape, { dirs: '/nowhere', tun: '/nowhere/tun' });
    expect(found.filter((line) => line.includes('openvswitch-switch'))).toHaveLength(3);
    expect(found.join(' ')).toContain('perl-base');
    expect(found.at(-1)).toBe(
      "NLL013 Open vSwitch in the lab's node n2 cannot create ports: /nowhere/tun does not exist | " +
        'As root: modprobe tun; in a container, give it the device (docker run --device /dev/net/tun)',
    );
    // A file that no user can open, root included.
    expect((await missing(shape, { tun: '/proc/self/mem/tun' })).at(-1)).toContain('cannot be opened');
    expect(await missing(labShape(example()), { dirs: '/nowhere', tun: '/nowhere/tun' })).toHaveLength(9);
  });
});
