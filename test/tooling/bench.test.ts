import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scriptsByHand } from '../../scripts/bench/by-hand/routers.mjs';
import { routersAsNeutronSendsThem } from '../../scripts/bench/peers/routers.mjs';
import { linesAgainst } from '../../scripts/bench/report/lines.mjs';
import { filesOf } from '../../scripts/bench/report/page.mjs';
import { plotSvg } from '../../scripts/bench/report/plot.mjs';
import { logScale, spread } from '../../scripts/bench/report/scale.mjs';
import { textTable } from '../../scripts/bench/report/table.mjs';
import { median, rowOf } from '../../scripts/bench/rows.mjs';
import { benchTopology } from '../../scripts/bench/topology.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { compiled } from '../support/compiled.ts';

const hand = { what: 'script by hand', rounds: [100, 300, 200] };
const row = (limit?: Parameters<typeof rowOf>[0]['limit']): ReturnType<typeof rowOf> =>
  rowOf({ section: 'apply', what: 'apply', routers: 50, rounds: [250, 260, 9000], against: hand, limit });

describe('a result', () => {
  it('has the medians and their ratio', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(row()).toMatchObject({ netloom: 260, against: { value: 200 }, ratio: 1.3, ok: true });
  });

  it('is within its limit or not', () => {
    expect(row({ ratio: 1.3 }).ok).toBe(true);
    expect(row({ ratio: 1.29 }).ok).toBe(false);
    expect(row({ most: 260 }).ok).toBe(true);
    expect(row({ most: 259 }).ok).toBe(false);
    expect(row({ least: 261 }).ok).toBe(false);
  });

  it('is not within a limit of a ratio if there is nothing to compare it with', () => {
    expect(rowOf({ section: 'apply', what: 'apply', rounds: [1], limit: { ratio: 2 } }).ok).toBe(false);
    expect(rowOf({ section: 'apply', what: 'apply', rounds: [], limit: { most: 2 } }).ok).toBe(false);
  });

  it('is printed in columns, with its limit', () => {
    expect(textTable([row({ ratio: 1.2 })]).split('\n')[1]).toBe(
      'apply, 50 routers  260 ms   script by hand  200 ms  1.3 ×  ≤ 1.2 ×  over the limit',
    );
  });
});

describe('a plot', () => {
  it('has a position for each value, and ticks at powers of ten', () => {
    const { at, ticks } = logScale([1, 1000], 0, 300);
    expect([1, 10, 1000].map(at).map(Math.round)).toEqual([0, 100, 300]);
    expect(ticks).toEqual([1, 10, 100, 1000]);
    expect(logScale([3, 60], 0, 1).ticks).toEqual([5, 10, 20, 50]);
  });

  it('keeps labels apart, in their order', () => {
    expect(spread([10, 100], 18)).toEqual([10, 100]);
    expect(spread([102, 100, 10], 18)).toEqual([110, 92, 10]);
  });

  it('shows netloom and what it is compared with, each by a line over all sizes', () => {
    const rows = [10, 50].map((routers) => ({ ...row(), routers, netloom: routers * 20 }));
    const lines = linesAgainst('routers', [...rows, { ...row(), what: 'peak memory', unit: 'MB' }]);
    expect(lines).toEqual([
      {
        name: 'apply',
        colour: 0,
        dashed: false,
        points: [
          [10, 200],
          [50, 1000],
        ],
      },
      {
        name: 'apply, script by hand',
        colour: 0,
        dashed: true,
        points: [
          [10, 200],
          [50, 200],
        ],
      },
    ]);
    const svg = plotSvg({ title: 'a < b', x: 'routers', y: 'ms', lines });
    expect(svg).toContain('a &lt; b');
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg).not.toContain('NaN');
  });
});

it('the page and the plots show the results beside them: `npm run bench -- --write` writes them', async () => {
  const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
  const page = read('docs/benchmarks.md');
  const files = await filesOf(JSON.parse(read('docs/benchmarks.json')) as Parameters<typeof filesOf>[0], page);
  for (const [file, text] of Object.entries(files)) expect(read(file), file).toBe(text);
});

describe('the script by hand', () => {
  const { graph } = compiled(benchTopology('bench', 2));
  const { files, apply } = scriptsByHand(graph.resources.values(), 'netloom:bench');

  it('moves no device, and fills each namespace by one batch and two restores', () => {
    expect(files['pairs.ip']?.match(/^link add name tap\S+ .* netns qrouter-/gm)).toHaveLength(4);
    expect(Object.values(files).join('')).not.toMatch(/^link set .* netns /m);
    const [space = ''] = files['names']?.split('\n') ?? [];
    expect(files[`${space}.sh`]?.match(/^ip -batch|^ip6?tables-restore/gm)).toHaveLength(3);
    expect(files[`${space}.4`]?.match(/-j DNAT --to-destination 10\.1\.0\./g)).toHaveLength(20);
  });

  it('writes the files of the node and reads them back', () => {
    expect(apply).toContain('$D/file.0 /run/netloom/bench/held');
    expect(apply).toContain('cat /run/netloom/bench/held');
  });

  it('refuses a network that it could create only in part', () => {
    const unknown = { kind: 'ipset', netns: null, name: 'x', spec: {} };
    expect(() => scriptsByHand([unknown], 'netloom:bench')).toThrow('the script by hand cannot create ipset x');
  });
});

it('Neutron gets the same routers, with ids and addresses of ports and floating IPs', () => {
  const { resolved } = compiled(benchTopology('bench', 2));
  const [router] = routersAsNeutronSendsThem(resolved);
  expect(router).toMatchObject({
    id: resolved.routers.get('r0')?.id,
    external_gateway_info: { network_id: resolved.networks.get('public')?.id },
    gw_port: { fixed_ips: [{ ip_address: '172.24.10.1', prefixlen: 16 }], subnets: [{ gateway_ip: '172.24.0.1' }] },
    _interfaces: [{ fixed_ips: [{ ip_address: '10.1.0.1' }], subnets: [{ cidr: '10.1.0.0/24' }], mtu: 1500 }],
  });
  expect(router).toHaveProperty('_floatingips.length', 10);
  expect(router).toHaveProperty('_floatingips.9.fixed_ip_address', '10.1.0.19');
});
