import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { ELK_PACKAGE, placed } from '../../src/picture/elk.ts';
import { layout } from '../../src/picture/layout/layout.ts';
import { renderSvg } from '../../src/picture/svg/svg.ts';
import { topologyDocs } from '../arbitraries/topology.ts';
import { faultsOf } from './faults.ts';
import { manyInstances, picture, scene } from './draw.ts';

const SMALL = manyInstances(3, 1);

describe('the places of a picture', () => {
  test('are the same on every run', async () => {
    const [one, other] = [await picture(SMALL, 'devices'), await picture(SMALL, 'devices')];
    expect(one).toEqual(other);
  });

  test('have no fault for any topology, at both levels, folded or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        topologyDocs(),
        fc.constantFrom('networks', 'devices'),
        fc.constantFrom(0, 200),
        async (doc, level, most) => {
          expect(faultsOf(await picture(stringify(doc), level, most))).toEqual([]);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('are found faulty if a box, a label or a cable is moved', async () => {
    const geometry = await picture(SMALL);
    const [box] = geometry.boxes;
    const [cable] = geometry.cables;
    const away = { x: box!.rect.x + 400, y: box!.rect.y + 40 };
    expect(faultsOf(geometry)).toEqual([]);
    const moved = { ...box!, rect: { ...box!.rect, ...away } };
    expect(faultsOf({ ...geometry, boxes: [moved, ...geometry.boxes.slice(1)] })).not.toEqual([]);
    const points = cable!.points.map(({ x, y }) => ({ x, y: y + 5 }));
    expect(faultsOf({ ...geometry, cables: [{ ...cable!, points }] })).toEqual([
      expect.stringMatching(/^the cable from .* does not end at /),
    ]);
    const label = box!.labels[0]!;
    const long = { ...label, rect: { ...label.rect, width: 900 } };
    expect(faultsOf({ ...geometry, boxes: [{ ...box!, labels: [long] }, ...geometry.boxes.slice(1)] })).toEqual([
      expect.stringMatching(/sticks out of/),
    ]);
  });

  test('hold long names, shortened to what fits', async () => {
    const name = 'Wide-name-of-an-instance-that-nobody-would-ever-type-twice';
    const geometry = await picture(SMALL.replaceAll('"vm0"', JSON.stringify(name)));
    expect(faultsOf(geometry)).toEqual([]);
    const box = geometry.boxes.find((each) => each.name === name);
    expect(box?.labels[0]?.text).toMatch(/^Wide-name.*…$/);
    expect(renderSvg(geometry)).toContain(`<title>${name}\n`);
  });

  test('of many instances of a network are in the order of the file', async () => {
    const geometry = await picture(manyInstances(80, 80));
    expect(faultsOf(geometry)).toEqual([]);
    const instances = geometry.boxes.filter(({ kind }) => kind === 'instance');
    const tops = instances.map(({ rect }) => rect.y);
    expect(instances.map(({ name }) => name).slice(0, 3)).toEqual(['vm0', 'vm1', 'vm2']);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
  });

  test('of 1,000 instances take at most 2 seconds', async () => {
    const large = scene(manyInstances(1000));
    await picture(SMALL);
    const before = process.cpuUsage();
    await layout(large);
    const { user } = process.cpuUsage(before);
    expect(user / 1e6).toBeLessThan(2);
  });
});

describe('many instances', () => {
  test('of one network are one box with their number, nodes, addresses and floating IPs', () => {
    const { things, links } = scene(manyInstances(300, 40));
    const guests = things.filter(({ kind }) => kind === 'instance' || kind === 'instances');
    expect(guests).toMatchObject([
      { kind: 'instances', name: '300 instances', about: ['on n1 and n2'], east: [{ text: '40 floating IPs' }] },
    ]);
    expect(guests[0]?.west[0]?.text).toMatch(/^10\.0\.\d+\.\d+ – 10\.0\.\d+\.\d+$/);
    expect(links.filter(({ to }) => to.thing === guests[0]?.id)).toHaveLength(1);
  });

  test('are folded above the number of the command line alone', () => {
    const kinds = (most: number): readonly string[] => scene(SMALL, 'networks', most).things.map(({ kind }) => kind);
    expect(kinds(6)).toEqual(['network', 'network', 'router', 'instance', 'instance', 'instance']);
    expect(kinds(5)).toEqual(['network', 'network', 'router', 'instances']);
  });

  test('are folded node by node at the level of devices', () => {
    const { things } = scene(manyInstances(300), 'devices');
    const guests = things.filter(({ kind }) => kind === 'instances');
    expect(guests.map(({ name, container }) => [name, container])).toEqual([
      ['150 instances', 'node n1'],
      ['150 instances', 'node n2'],
    ]);
  });

  test('that are not well are apart from those that are', () => {
    const path = (name: string): string => `instances.${name}`;
    const marks = new Map([
      [path('vm7'), { health: 'missing', lines: ['missing'] }],
      [path('vm8'), { health: 'degraded', lines: ['tap differs'] }],
      [path('vm9'), { health: 'degraded', lines: ['tap differs'] }],
    ] as const);
    const { things } = scene(manyInstances(300), 'networks', 200, marks);
    const guests = things.filter(({ kind }) => kind === 'instance' || kind === 'instances');
    expect(guests.map(({ name, mark }) => [name, mark?.lines])).toEqual([
      ['297 instances', undefined],
      ['vm7', ['missing']],
      ['2 instances', ['degraded: vm8, vm9', 'tap differs']],
    ]);
  });
});

describe('elkjs', () => {
  test('is wanted in the version of package.json', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    expect(ELK_PACKAGE).toBe(`elkjs@${dependencies['elkjs'] ?? ''}`);
  });

  test('that is not installed is an error that says what to type', async () => {
    const missing = Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
    const load = (): never => {
      throw missing;
    };
    await expect(placed({ id: 'root' }, { load, root: '/usr/share/netloom' })).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'NLX57',
          hint: expect.stringMatching(/^npm install --prefix \/usr\/share\/netloom elkjs@[\d.]+; /) as string,
        },
      ],
    });
  });

  test('that fails in another way is a fault of its own', async () => {
    const load = (): never => {
      throw new SyntaxError('damaged');
    };
    await expect(placed({ id: 'root' }, { load, root: '/' })).rejects.toThrow('damaged');
  });
});
