import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { compiled } from '../support/compiled.ts';
import { graphText } from '../support/graph-text.ts';
import { listText, saveText, sortedSaveText } from '../support/iptables-text.ts';
import {
  addressText,
  commandText,
  fileText,
  inNamespace,
  ipRouteText,
  routeText,
  sysctlText,
} from '../support/namespace-text.ts';

/*
 * Each folder of test/golden holds a topology. The texts beside it named router.* and dhcp.* are what Neutron itself wrote for it (Zed)
 * or what was published (Mitaka, Grizzly), and are never rewritten; graph.txt is what we compile it to, rewritten by `vitest -u`.
 */
const GOLDEN = join(import.meta.dirname, '../golden');

/** In place of the arping that Neutron runs for each address. */
const OURS = ['net/ipv4/conf/all/arp_notify'];

/** Whose texts they are: of the one namespace whose name begins so, or of a node itself. */
const PLACES: Readonly<Record<string, string>> = { router: 'qrouter-', dhcp: 'qdhcp-', node: 'compute1' };

/** How a text of Neutron's is made from our graph. */
const RENDERERS: Readonly<Record<string, (graph: DesiredGraph, prefix: string) => string | undefined>> = {
  'iptables-save': (graph, prefix) => saveText(inNamespace(graph, prefix), 4),
  'ip6tables-save': (graph, prefix) => saveText(inNamespace(graph, prefix), 6),
  'nat-S': (graph, prefix) => listText(inNamespace(graph, prefix), 'nat'),
  addresses: (graph, prefix) => addressText(inNamespace(graph, prefix)),
  routes: (graph, prefix) => routeText(inNamespace(graph, prefix)),
  'ip-route': (graph, prefix) => ipRouteText(inNamespace(graph, prefix)),
  sysctls: (graph, prefix) => sysctlText(inNamespace(graph, prefix), OURS),
  command: (graph, prefix) => neutronsPaths(commandText(inNamespace(graph, prefix))),
  'metadata-proxy': (graph, prefix) => proxyText(graph, prefix),
  host: (graph) => fileText(graph, 'host'),
  addn_hosts: (graph) => fileText(graph, 'addn_hosts'),
  opts: (graph) => fileText(graph, 'opts'),
};

/** What is compared of a text of Neutron's, where it is not all of it as it stands. */
const WANTED: Readonly<Record<string, (text: string) => string>> = {
  'iptables-save': sortedSaveText,
  'ip6tables-save': sortedSaveText,
  'metadata-proxy': (text) => text.slice(0, text.search(/^ *\n {4}server metadata /m)),
};

const cases = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(GOLDEN, entry.name, 'topology.yaml')))
  .map(({ name }) => name);

describe.each(cases)('%s', (name) => {
  const folder = join(GOLDEN, name);
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const { graph } = compiled(read('topology.yaml'));
  const neutrons = readdirSync(folder).filter((file) => /^(?:router|dhcp|node)\..*\.txt$/.test(file));

  test.each(neutrons)('%s is as Neutron wrote it', (file) => {
    const [where = '', what = ''] = file.split('.');
    const wanted = read(file);
    const rendered = RENDERERS[what]?.(graph, PLACES[where] ?? '');
    expect(rendered).toBe(WANTED[what]?.(wanted) ?? wanted);
  });

  test('graph.txt', async () => {
    await expect(graphText(graph)).toMatchFileSnapshot(join(folder, 'graph.txt'));
  });
});

/** The configuration of the metadata proxy, up to where Neutron's names its agent: what answers is not Neutron's. */
function proxyText(graph: DesiredGraph, prefix: string): string {
  const id = inNamespace(graph, prefix)[0]?.netns?.slice(prefix.length) ?? '';
  const text = fileText(graph, `${id}/haproxy.conf`) ?? '';
  const listening = text.slice(0, text.indexOf('\n', text.indexOf('    bind ')) + 1);
  return listening.replace(
    /\/run\/netloom\/[^/]+\/metadata\/([^/]+)\/state\/pid/,
    '/var/lib/neutron/external/pids/$1.pid.haproxy',
  );
}

/** Neutron keeps dnsmasq's files in one folder; ours are in two, one of them the process's own. */
function neutronsPaths(command: string): string {
  return command.replace(/\/run\/netloom\/[^/]+\/dhcp\/([^/]+)\/(?:state\/)?/g, '/var/lib/neutron/dhcp/$1/');
}
