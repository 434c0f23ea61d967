import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { floorScript } from '../by-hand/instances.mjs';
import { validTopology } from '../network.mjs';
import { rowOf } from '../rows.mjs';
import { byHand, netloom, root } from '../run.mjs';
import { watching } from '../watching.mjs';

const { compileTopology } = await import(join(root, 'dist/compile/compile.js'));
const { labUp, labDown } = await import(join(root, 'dist/lab/index.js'));

/**
 * The filter that is measured: instances on one node, all in the group `default`. With the four rules that a group is
 * born with it has seven; `more` adds that many of its own.
 * @param {string} name @param {number} instances @param {{more?: number}} [options] @returns {string} the topology as a
 * person writes it
 */
function instancesTopology(name, instances, { more = 0 } = {}) {
  const tcp = (/** @type {number} */ port) => ({
    direction: 'ingress',
    protocol: 'tcp',
    port_range_min: port,
    port_range_max: port,
  });
  return stringify({
    name,
    physical_networks: { provider: {} },
    nodes: {
      host: { reach: { via: 'lab' }, nics: { eth1: { physical_network: 'provider' } } },
    },
    networks: {
      lan: {
        network_type: 'flat',
        physical_network: 'provider',
        subnets: { lan: { cidr: '10.0.0.0/16', enable_dhcp: false } },
      },
    },
    security_groups: {
      default: {
        rules: [
          { direction: 'ingress', protocol: 'icmp' },
          tcp(22),
          {
            direction: 'ingress',
            protocol: 'udp',
            port_range_min: 5000,
            port_range_max: 5010,
            remote_ip_prefix: '192.0.2.0/24',
          },
          ...Array.from({ length: more }, (_, i) => tcp(8000 + i)),
        ],
      },
    },
    instances: Object.fromEntries(
      Array.from({ length: instances }, (_, i) => [
        `vm${i}`,
        {
          node: 'host',
          attach: 'tap',
          ports: { eth0: { network: 'lan', fixed_ip_address: `10.0.${1 + (i >> 7)}.${1 + (i & 127)}` } },
        },
      ]),
    ),
  });
}

/**
 * How many instances there are, and how many rules of its own their group has, one state after the other; with the
 * largest ratios. Creating them all is a process's work; what comes on top is that of a `watch`, as it is that of a
 * running agent in Neutron.
 * @type {{what: string, count: number, more: number, limits: {process?: number, watch?: number}}[]}
 */
const STATES = [
  { what: '100 instances', count: 100, more: 0, limits: { process: 1.5 } },
  { what: 'one instance more', count: 101, more: 0, limits: { watch: 1.3 } },
  { what: 'one rule more', count: 101, more: 1, limits: { watch: 1.2 } },
];

/**
 * Measures each step from one state to the next: as a process of netloom, by a running `netloom watch` from when the
 * file is quiet, and as a script by hand.
 * @param {import('../sections.mjs').Options} options
 */
export async function measureInstances({ rounds, say }) {
  const name = 'bench-instances';
  const dir = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  const states = STATES.map(({ what, count, more, limits }) => {
    const file = join(dir, `${count}-${more}.yaml`);
    const text = instancesTopology(name, count, { more });
    writeFileSync(file, text);
    const topology = validTopology(text, file);
    const times = {
      process: /** @type {number[]} */ ([]),
      watch: /** @type {number[]} */ ([]),
      hand: /** @type {number[]} */ ([]),
    };
    return { what, limits, file, text, topology, graph: compileTopology(topology).graph, times, script: '' };
  });
  const [first, last] = [states[0], states.at(-1)];
  if (!first || !last) return [];
  const destroy = () => netloom(['destroy', '--lab', '--yes', last.file]);
  await labUp(first.topology, {});
  const watch = await watching(join(dir, 'watched.yaml'), first.text);
  try {
    // A watch has been running for a while when it is asked.
    for (const { text } of [...states, first, ...states]) await watch.save(text);
    destroy();
    for (let round = 0; round < rounds; round += 1) {
      say(`instances, round ${round + 1} of ${rounds}`);
      for (const state of states) {
        if (round === 0) state.script = await floorScript(state.topology, state.graph);
        state.times.process.push(netloom(['apply', '--lab', '--yes', state.file]));
      }
      for (const { text, times } of states) times.watch.push((await watch.save(text)).quiet);
      destroy();
      for (const { topology, script, times, file } of states) {
        await byHand(topology, ['sh', '-c', 'cat >/tmp/by-hand'], script);
        times.hand.push(await byHand(topology, ['sh', '/tmp/by-hand', `netloom-${name}`]));
        // Both made the same filter, or the comparison is worth nothing.
        netloom(['plan', '--lab', '--detailed-exitcode', file]);
      }
      destroy();
    }
  } finally {
    await watch.stop();
    await labDown(name);
    rmSync(dir, { recursive: true });
  }
  return states.flatMap(({ what, limits, times: { process, watch: watched, hand } }) => {
    const against = { what: 'script by hand', rounds: hand };
    const row = (/** @type {string} */ how, /** @type {number[]} */ taken, /** @type {number | undefined} */ ratio) =>
      rowOf({
        section: 'instances',
        what: how,
        rounds: taken,
        against,
        limit: ratio === undefined ? ratio : { ratio },
      });
    // The first state is created from nothing by a process alone.
    return [
      row(what, process, limits.process),
      ...(limits.watch === undefined ? [] : [row(`${what}, watched`, watched, limits.watch)]),
    ];
  });
}
