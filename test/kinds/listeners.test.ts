import { expect, test } from 'vitest';
import { listenersProbe } from '../../src/kinds/process/listeners.ts';

test('listening ports of both IP versions, without connected sockets', () => {
  // /proc/net/tcp and tcp6, one after the other.
  const text = `   0: 0100007F:25E1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0
   1: 0100007F:0016 0100007F:0A0A 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 20 4 30 10 -1
   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 100 0 0 10 0
`;
  expect([...listenersProbe.parse(`${text}end\n`)]).toEqual([9697, 80]);
  expect([...listenersProbe.parse('end\n')]).toEqual([]);
  expect(() => listenersProbe.parse(text)).toThrow('last line');
});

test('a node without Open vSwitch is not asked, and has no answer', () => {
  expect([...listenersProbe.parse('\n')]).toEqual([]);
});
