import { debts } from '../../../src/kinds/debts/spec.ts';
import { file } from '../../../src/kinds/file/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { HOME, node, varied } from './objects.ts';

/** Files, and the record of the node's own owed effects, which is one. */
export const FILES: readonly KindCase[] = [
  {
    title: 'owed effects of the node itself',
    base: [],
    object: debts(node, ['ct=0a000001', 'arp=qg-1'], ORIGIN),
    updates: { owed: debts(node, ['ct=0a000002:tcp:22'], ORIGIN) },
    damages: { owed: `printf '' >${HOME}/debts` },
    fixed: {},
  },
  {
    title: 'file',
    base: [],
    object: file(
      node,
      `${HOME}/dhcp/net/opts`,
      `a 'quoted' "text" with $(echo nothing)\n\\n and a tab\t\nno end of line`,
      ORIGIN,
    ),
    updates: {
      content: file(node, `${HOME}/dhcp/net/opts`, '', ORIGIN),
      mode: varied(file(node, `${HOME}/dhcp/net/opts`, '', ORIGIN), { mode: '600' }),
    },
    damages: { owner: `chgrp 1 ${HOME}/dhcp/net/opts` },
    fixed: {},
  },
  {
    title: 'binary file',
    base: [],
    object: file(node, `${HOME}/dhcp/net/opts`, Buffer.from([0x1f, 0x8b, 0, 0xff, 0x0a, 0x27]), ORIGIN),
    updates: {
      content: file(node, `${HOME}/dhcp/net/opts`, Buffer.alloc(100, 0xfe), ORIGIN),
      encoding: file(node, `${HOME}/dhcp/net/opts`, Buffer.alloc(100, 0xfe).toString('base64'), ORIGIN),
    },
    damages: {},
    fixed: { mode: 'above' },
  },
];
