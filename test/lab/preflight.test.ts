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

describe('the look at what a lab needs', () => {
  it('names every program that is missing, with its package', async () => {
    const said = await missing(labShape(example()));
    expect(said).toHaveLength(9);
    expect(said).toContain(
      'NLL007 The lab needs udhcpc or busybox or dhclient, which is not on this machine | ' +
        'Install the package udhcpc; `netloom doctor` shows all that is missing.',
    );
    expect(said.at(-1)).toContain('perl-base');
  });

  it('asks only for what the topology uses', async () => {
    const said = await missing({ name: 'demo', switches: [], members: [], cables: [] });
    expect(said.join(' ')).not.toMatch(/perl|udhcpc|openvswitch/);
  });

  it('asks for Open vSwitch and for tap devices only where a node has it', async () => {
    const shape = labShape({
      doc: { name: 'demo', physical_networks: {}, nodes: { n1: {}, n2: { mechanism: 'openvswitch' } } },
    });
    const said = await missing(shape, { dirs: '/nowhere', tun: '/nowhere/tun' });
    expect(said.filter((line) => line.includes('openvswitch-switch'))).toHaveLength(3);
    expect(said.join(' ')).toContain('perl-base');
    expect(said.at(-1)).toBe(
      "NLL013 Open vSwitch in the lab's node n2 cannot make ports: /nowhere/tun is not there | " +
        'As root: modprobe tun; in a container, give it the device (docker run --device /dev/net/tun)',
    );
    // A file that nobody may open, root included.
    expect((await missing(shape, { tun: '/proc/self/mem/tun' })).at(-1)).toContain('may not be opened');
    expect(await missing(labShape(example()), { dirs: '/nowhere', tun: '/nowhere/tun' })).toHaveLength(9);
  });
});
