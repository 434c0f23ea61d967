import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { desiredLinks } from '../../src/diff/links.ts';
import { kindOf } from '../../src/kinds/registry.ts';
import type { KindContext } from '../../src/model/kind.ts';
import type { Resource } from '../../src/model/resource.ts';
import { compiled } from '../support/compiled.ts';
import { contextOf } from '../support/view.ts';

const FOLDER = join(import.meta.dirname, '../../topologies');
const TOPOLOGIES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** Returns the devices that are announced when a resource is created. */
function announcedBy(resource: Resource, context: KindContext): readonly string[] {
  const tokens = kindOf(resource.kind).effects?.({ action: 'create', desired: resource }, context) ?? [];
  return tokens.flatMap((token) => (token.startsWith('arp=') ? [token.slice('arp='.length)] : []));
}

describe.each(TOPOLOGIES)('%s', (name) => {
  const { graph } = compiled(readFileSync(join(FOLDER, name), 'utf8'));
  const context = contextOf(graph);
  const find = desiredLinks(graph);

  test('a device whose addresses are announced is listed with its MAC', () => {
    const devices = [...graph.resources.values()].flatMap((resource) =>
      announcedBy(resource, context).map((device) => ({ ...resource, device })),
    );
    expect(devices.filter(({ node, netns, device }) => find(node, netns, device)?.mac === undefined)).toEqual([]);
    expect(devices).not.toEqual([]);
  });
});
