import { kindWord } from '../../src/model/resource.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.ts';
import { saveText, sortedSaveText } from '../support/iptables-text.ts';
import { addressText, fileText, inNamespace } from '../support/namespace-text.ts';

const TWO = join(import.meta.dirname, '../golden/zed-two-floating-ips');
const read = (file: string): string => readFileSync(join(TWO, file), 'utf8');

/**
 * The golden topology with the addresses of two instances on one port: Neutron's L3 agent gets addresses, not ports.
 */
function onOnePort(): string {
  const text = read('topology.yaml');
  const third = text.indexOf('  test3:\n');
  return `${text.slice(0, third)}${text.slice(text.indexOf('\nfloating_ips:'))}`
    .replace('fixed_ip_address: 10.10.10.12', 'fixed_ips: [10.10.10.12, 10.10.10.16]')
    .replace('instance: test2', 'instance: test2\n    fixed_ip_address: 10.10.10.12')
    .replace('instance: test3', 'instance: test2\n    fixed_ip_address: 10.10.10.16');
}

test('two floating IPs of one port: the rules and addresses Neutron wrote for two ports', () => {
  const { graph } = compiled(onOnePort());
  const router = inNamespace(graph, 'qrouter-');
  expect(saveText(router, 4)).toBe(sortedSaveText(read('router.iptables-save.txt')));
  expect(addressText(router)).toBe(read('router.addresses.txt'));
});

test('one device and one tap for all addresses of a port', () => {
  const { graph, resolved } = compiled(onOnePort());
  const ports = [...graph.resources.values()].filter(({ name, kind }) => kindWord(kind) === 'veth' && name === 'eth0');
  expect(ports).toHaveLength(2);
  expect(resolved.instances.get('test2')?.ports[0]?.fixedIps.map(({ address }) => address)).toEqual([
    '10.10.10.12',
    '10.10.10.16',
  ]);
  expect(fileText(graph, 'host')?.match(/fa:16:3e:1d:02:02,.*/g)).toEqual([
    'fa:16:3e:1d:02:02,host-10-10-10-12.openstacklocal,10.10.10.12',
    'fa:16:3e:1d:02:02,host-10-10-10-16.openstacklocal,10.10.10.16',
  ]);
});
