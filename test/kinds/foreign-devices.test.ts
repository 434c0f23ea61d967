import { describe, expect, test } from 'vitest';
import { addressKind } from '../../src/kinds/address/index.ts';
import { link, viewOf } from '../support/view.ts';
import type { RawLink } from '../../src/kernel/probes/ip.ts';

const MARK = 'netloom:demo';

function seen(device: Partial<RawLink>, values: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const addr_info = [{ family: 'inet', local: '10.78.0.1', prefixlen: 24, scope: 'global' }];
  const view = viewOf('n1', [{ netns: 'qrouter-1', alias: MARK, links: [link('dev0', 5, { addr_info, ...device })] }], {
    values,
  });
  return [...addressKind.observe(view, 'demo')].map(({ name, owner }) => `${name} ${JSON.stringify(owner)}`);
}

describe('an address in a namespace of ours', () => {
  test.each<[string, Partial<RawLink>]>([
    ['a veth of ours', { ifalias: MARK, linkinfo: { info_kind: 'veth' } }],
    ['a veth that lost its mark', { linkinfo: { info_kind: 'veth' } }],
    ['a device of ours of another type', { ifalias: MARK, linkinfo: { info_kind: 'tun' } }],
    ['lo', { ifname: 'lo' }],
  ])('is ours on %s', (_, device) => {
    expect(seen(device)).toEqual([`10.78.0.1/24%${device.ifname ?? 'dev0'} "ours"`]);
  });

  test.each([
    ['a bridge', { linkinfo: { info_kind: 'bridge' } }],
    ['a tunnel', { linkinfo: { info_kind: 'wireguard' } }],
    ['a device of another topology', { ifalias: 'netloom:other', linkinfo: { info_kind: 'bridge' } }],
  ])('goes with its device on %s of others: it is not deleted alone', (_, device) => {
    expect(seen(device)).toEqual([]);
  });
});
