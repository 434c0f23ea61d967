import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leftovers } from '../../src/diff/leftovers.ts';
import { kindOf } from '../../src/kinds/registry.ts';
import type { Command } from '../../src/model/command.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import { addressOf } from '../../src/model/resource.ts';
import { compiled, validTopology } from '../support/compiled.ts';
import { asObserved } from '../support/ordered.ts';
import { contextOf } from '../support/view.ts';

const FOLDER = join(import.meta.dirname, '../../topologies');
const TOPOLOGIES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** Returns the device of a kernel parameter, if it belongs to one device. */
function deviceOf(address: string): string | undefined {
  const device = /\/sysctl\/net\/ipv[46]\/conf\/([^/]+)\//.exec(address)?.[1];
  return device === 'all' || device === 'default' ? undefined : device;
}

/** Returns the devices that a command creates, from the words of `ip` and `ovs-vsctl`. */
function madeBy(command: Command): readonly string[] {
  if (command.tool !== 'ip' && command.tool !== 'ovs') return [];
  const text = command.words.join(' ');
  const made = /^(?:link add (?:name|dev)|tuntap add dev|(?:--may-exist )?add-br) (\S+)/.exec(text)?.[1];
  const internal = /^set Interface (\S+) type=internal/.exec(text)?.[1];
  const peer = / peer name (\S+)/.exec(text)?.[1];
  return [made, internal, peer].filter((name) => name !== undefined);
}

describe.each(TOPOLOGIES)('%s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  const { graph } = compiled(text);
  const nodes = validTopology(text).doc.nodes ?? {};
  const resources = [...graph.resources.values()];

  test('destroy leaves no setting of a device, except of the NICs of the file', () => {
    const left = leftovers(graph, asObserved(graph)).map(({ address }) => address);
    const nics = (address: string): readonly string[] => Object.keys(nodes[address.split('/')[0] ?? '']?.nics ?? {});
    const ofOthers = left.filter((address) => {
      const device = deviceOf(address) ?? /\/nic\/(.+)/.exec(address)?.[1];
      return device !== undefined && !nics(address).includes(device);
    });
    expect(ofOthers).toEqual([]);
  });

  test('a resource that creates a device lists it in providedLinks', () => {
    const context = contextOf(graph);
    const silent = resources.flatMap((resource) => {
      const kind = kindOf(resource.kind);
      const brought = new Set(kind.providedLinks?.(resource).map((device) => device.name));
      const made = kind.create(resource, context).flatMap(madeBy);
      return made.filter((device) => !brought.has(device)).map((device) => `${addressOf(resource)} makes ${device}`);
    });
    expect(silent).toEqual([]);
  });

  test('a missing NIC and its settings are not listed', () => {
    const [nic] = leftovers(graph, asObserved(graph)).filter(({ address }) => address.includes('/nic/'));
    const without = asObserved(graph).filter((one) => addressOf(one) !== nic?.address);
    expect(leftovers(graph, without).map(({ address }) => address)).not.toContain(nic?.address);
    expect(leftovers(graph, [])).toEqual([]);
  });
});

test('an empty topology leaves nothing', () => {
  expect(leftovers(desiredGraph('demo', ['n1'], []), [])).toEqual([]);
});
