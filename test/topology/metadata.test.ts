import { expect, test } from 'vitest';
import { loadTopology } from '../../src/topology/load.ts';
import { edited } from './support.ts';

const ID = 'id: 22222222-0000-0000-0000-000000000001 }';

function wrong(metadata: string): string[] {
  const text = edited([ID, `${ID}\n    metadata: ${metadata}`]);
  return loadTopology(text, 't.yaml').diagnostics.map(({ code, summary }) => `${code} ${summary}`);
}

test('the largest user data, and base64 in lines', () => {
  expect(wrong(`{ user_data: '${'x'.repeat(65536)}' }`)).toEqual([]);
  expect(wrong('{ user_data_base64: "AAEC\\nAwQ=\\n" }')).toEqual([]);
  expect(wrong('{}')).toEqual([]);
});

test('the name of an SSH key may be `id`, also in two instances', () => {
  const keys = '{ public_keys: { id: ssh-rsa AAAA, port_id: ssh-rsa AAAA, mac_address: ssh-rsa AAAA } }';
  expect(wrong(keys)).toEqual([]);
});
