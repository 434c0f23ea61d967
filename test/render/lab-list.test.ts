import { expect, test } from 'vitest';
import { paint } from '../../src/render/colour.ts';
import { renderLabList } from '../../src/render/lab/list.ts';

const lab = {
  name: 'a-name-of-19-letters',
  pid: 4194304,
  since: new Date(2026, 10, 9, 8, 7).toISOString(),
  file: '/home/user/networks/a/very/long/path/to/topology.yaml',
  nodes: ['n1', 'n2'],
  instances: [],
  hosts: [],
};

const render = (labs: Parameters<typeof renderLabList>[0], columns = 80): string =>
  renderLabList(labs, { colours: paint(false), columns, folder: '/home/user/networks' });

test('a long path is cut at its beginning in a table of 80 columns', () => {
  expect(render([lab, { ...lab, name: 'b', pid: 1, file: null }])).toMatchInlineSnapshot(`
    "NAME                  NODES  PID      SINCE             FILE
    a-name-of-19-letters  2      4194304  2026-11-09 08:07  …g/path/to/topology.yaml
    b                     2      1        2026-11-09 08:07  -
    "
  `);
  for (const line of render([lab]).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('a file in the folder has a relative path, any other an absolute one', () => {
  expect(render([{ ...lab, file: '/home/user/networks/x.yaml' }])).toMatch(/ x\.yaml\n/);
  expect(render([{ ...lab, file: '/srv/x.yaml' }])).toMatch(/ \/srv\/x\.yaml\n/);
});

test('hostile text is escaped; without labs there is a sentence', () => {
  expect(render([{ ...lab, file: '/srv/\u001b[2J' }])).not.toContain('\u001b');
  expect(render([])).toBe('No lab runs.\n');
});
