import { describe, expect, test } from 'vitest';
import { netloom, ONE_CREATE } from '../support/fake-world.ts';

describe('graph', () => {
  test('as SVG draws the networks; no node is contacted', async () => {
    const { code, out, err, calls } = await netloom(['graph', '--format', 'svg', 't.yaml']);
    expect([code, err, calls]).toEqual([0, '', []]);
    expect(out).toMatch(/^<svg [^]*<title id="netloom-title">demo: networks<[^]*<\/svg>\n$/);
    expect(out).toContain('<title>vm1\n');
  });

  test('--level devices draws the devices of the nodes', async () => {
    const { out } = await netloom(['graph', '--format', 'svg', '--level', 'devices', 't.yaml']);
    expect(out).toMatch(/<title>eth1\n[^]*<title>brq/);
  });

  test('as a page it is one HTML document', async () => {
    const { out } = await netloom(['graph', '--format', 'html', 't.yaml']);
    expect(out).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
  });

  test('--live reads the nodes and draws what is not as in the file', async () => {
    const { code, out, calls } = await netloom(['graph', '--format', 'svg', '--live', '--lab', 't.yaml'], {
      first: ONE_CREATE,
    });
    expect(code).toBe(0);
    expect(calls).toEqual(expect.arrayContaining(['open lab', 'close']));
    expect(calls).not.toContain('apply');
    expect(out).toMatch(/ · all as in the file<\/text>| not as in the file<\/text>/);
    const devices = await netloom(['graph', '--format', 'svg', '--level', 'devices', '--live', '--lab', 't.yaml'], {
      first: ONE_CREATE,
    });
    // The bridge of the plan is of no service, so it counts for its node.
    expect(devices.out).toContain('<g class="thing node degraded unwell">');
  });

  test('--live has no place in Mermaid, Graphviz and JSON', async () => {
    for (const format of [['--format', 'dot'], ['--json'], []]) {
      const { code, err, out, calls } = await netloom(['graph', '--live', ...format, 't.yaml']);
      expect([code, calls]).toEqual([1, []]);
      expect(err + out).toContain('NLX58');
    }
  });

  test('--fold draws instances on the same networks as one', async () => {
    const { out } = await netloom(['graph', '--format', 'svg', '--fold', '2', 't.yaml']);
    expect(out).toContain('<title>2 instances\n');
    const wrong = await netloom(['graph', '--format', 'svg', '--fold', 'all', 't.yaml']);
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('it must be a number from 0 to 999999')]);
  });

  test('--level networks is for Mermaid and Graphviz too', async () => {
    const mermaid = await netloom(['graph', '--level', 'networks', 't.yaml']);
    expect(mermaid.out).toContain('{{"net1<br/>10.0.0.0/24<br/>flat on lan<br/>DHCP ');
    expect(mermaid.out).toMatch(/n1 ---\|"10\.0\.0\.\d+"\| n2/);
    const dot = await netloom(['graph', '--level', 'networks', '--format', 'dot', 't.yaml']);
    expect(dot.out).toMatch(/n1 -- n2 \[label="10\.0\.0\.\d+"\]/);
  });
});
