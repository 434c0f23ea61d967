import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Topology } from '../../src/topology/types.gen.ts';
import { withMechanism } from '../support/mechanism.ts';
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
 * Each folder of test/golden holds a topology. The texts beside it named router.* and dhcp.* are what Neutron itself
 * wrote for it (Zed) or what was published (Mitaka, Grizzly), and are never rewritten; graph.txt is what we compile it
 * to, rewritten by `vitest -u`. The same texts are compared again with Open vSwitch on every node: the contents of a
 * router do not depend on the mechanism of its networks.
 */
const GOLDEN = join(import.meta.dirname, '../golden');

/** Replaces the arping that Neutron runs for each address. */
const OURS = ['net/ipv4/conf/all/arp_notify'];

/** The owner of the texts: the namespace with this prefix, or the node itself. */
const PLACES: Readonly<Record<string, string>> = { router: 'qrouter-', dhcp: 'qdhcp-', node: 'compute1' };

/** Renders a text of Neutron's from our graph. */
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

/** The part of a Neutron text that is compared, if it is not the whole text. */
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
  const renderedFrom = (from: DesiredGraph, file: string): string | undefined => {
    const [where = '', what = ''] = file.split('.');
    return RENDERERS[what]?.(from, PLACES[where] ?? '');
  };
  const wanted = (file: string): string => {
    const text = read(file);
    return WANTED[file.split('.')[1] ?? '']?.(text) ?? text;
  };

  test.each(neutrons)('%s is as Neutron wrote it', (file) => {
    expect(renderedFrom(graph, file)).toBe(wanted(file));
  });

  test.each(neutrons)('%s is the same over Open vSwitch', (file) => {
    const doc = withMechanism('openvswitch', parse(read('topology.yaml')) as Topology);
    const switched = compiled(stringify(doc, { aliasDuplicateObjects: false })).graph;
    expect([...switched.resources.keys()].filter((address) => address.includes('/brq'))).toEqual([]);
    const [where = ''] = file.split('.');
    expect(renderedFrom(switched, file)).toBe(SWITCHED[where]?.(wanted(file)) ?? wanted(file));
  });

  test('graph.txt', async () => {
    await expect(graphText(graph)).toMatchFileSnapshot(join(folder, 'graph.txt'));
  });
});

/** Differences of Neutron's Open vSwitch drivers from those for Linux bridges. */
const SWITCHED: Readonly<Record<string, (text: string) => string>> = {
  // The device of a DHCP server has another name.
  dhcp: (text) => text.replace(/\bns-(?=[0-9a-f]{8}-)/g, 'tap'),
  // Chains are the other agent's, and each port has a Linux bridge of its own (`OVSHybridIptablesFirewallDriver`), and
  // so a zone.
  node(text) {
    const ports = [...new Set([...text.matchAll(/--physdev-in tap(\S+) .* --zone/g)].map(([, port]) => port ?? ''))];
    return text.replaceAll('neutron-linuxbri', 'neutron-openvswi').replace(/^.*Set zone for .*$/gm, (line) => {
      const at = ports.findIndex((port) => line.includes(`Set zone for ${port.slice(1)}"`));
      return line.replace(/brq\S+/, `qvb${ports[at] ?? ''}`).replace('--zone 4097', `--zone ${String(4097 + at)}`);
    });
  },
};

/** The metadata proxy's configuration up to its `bind` line: the next line of Neutron's names its own agent. */
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
