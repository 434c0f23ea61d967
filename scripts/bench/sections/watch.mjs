import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { validTopology } from '../network.mjs';
import { usedBy } from '../processes.mjs';
import { rowOf } from '../rows.mjs';
import { netloom, root } from '../run.mjs';
import { benchTopology } from '../topology.mjs';
import { watching } from '../watching.mjs';

const { compileTopology } = await import(join(root, 'dist/compile/compile.js'));
const { labUp, labDown, labRun } = await import(join(root, 'dist/lab/index.js'));

const LIMITS = { savedMs: 250, healedMs: 300, idlePercent: 1, memoryMb: 150 };
/** How often each is done in a round: one takes a fraction of a second. */
const TIMES = 5;
/** Two resyncs fall into this time. */
const IDLE_MS = 60_000;

/**
 * What others do to a router's namespace. `$N`: its name; `$Q`: its gateway's device. The last is done to the first
 * router's network.
 * @type {Readonly<Record<string, string>>}
 */
const DAMAGES = {
  'a deleted rule': 'nsenter --net=/run/netns/$N iptables -t nat -F neutron-l3-agent-float-snat',
  'a deleted route': 'ip -n $N route del default',
  'a deleted address':
    'ip -n $N addr del "$(ip -n $N -o addr show $Q | sed -n "s/.* inet \\([^ ]*\\/32\\) .*/\\1/p" | head -1)" dev $Q',
  'a link set down': 'ip -n $N link set $Q down',
  'a killed dnsmasq': 'kill -9 $(cat $(find /run/netloom -name pid | head -1))',
};

/**
 * Measures a running `netloom watch`: from a save until all is settled, from damage until it is healed, and what it
 * takes while nothing happens.
 * @param {import('../sections.mjs').Options} options
 */
export async function measureWatch({ sizes = [200], rounds, say }) {
  /** @type {import('../rows.mjs').Row[]} */
  const rows = [];
  for (const routers of sizes) rows.push(...(await measured(routers, rounds, say)));
  return rows;
}

/** @param {number} routers @param {number} rounds @param {(text: string) => void} say */
async function measured(routers, rounds, say) {
  const name = `bench-watch-${routers}`;
  const folder = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  process.env['XDG_CACHE_HOME'] = folder;
  const file = join(folder, 'topology.yaml');
  const text = benchTopology(name, routers, { dhcp: true });
  const topology = validTopology(text, file);
  const { resolved } = compileTopology(topology);
  /** @type {number[]} */
  const saved = [];
  /** @type {Record<string, number[]>} */
  const healed = Object.fromEntries(Object.keys(DAMAGES).map((what) => [what, []]));
  /** @type {number[]} */
  const idle = [];
  /** @type {number[]} */
  const memory = [];
  await labUp(topology, {});
  const watch = await watching(file, text);
  try {
    // Detection of duplicate addresses ends some 2 s after they are added, and the kernel tells.
    await sleep(3000);
    for (let round = 1; round <= rounds; round += 1) {
      say(`watch, ${routers} routers, round ${round} of ${rounds}`);
      for (let time = 0; time < TIMES; time += 1) {
        const more = (round * TIMES + time) % 2;
        saved.push((await watch.save(benchTopology(name, routers, { dhcp: true, more }))).whole);
        await sleep(500);
        for (const [what, script] of Object.entries(DAMAGES)) {
          const { netns, gateway } = resolved.routers.get(`r${(round * TIMES + time) % routers}`);
          const N = `N='${netns}'; Q='${gateway.device}'; date +%s%N; ${script}`;
          const heard = watch.next('watch-healed');
          const { code, stdout, stderr } = await labRun(topology, 'host', ['sh', '-c', N]);
          if (code !== 0) throw new Error(`${what}: exit code ${code}\n${stderr}`);
          const at = Number(BigInt(stdout.trim()) / 1000n) / 1000;
          healed[what]?.push(Date.parse((await heard).time) - at);
          await sleep(500);
        }
      }
      // An object that is damaged again and again within a minute is left alone.
      const before = usedBy(watch.pid);
      await sleep(IDLE_MS);
      const after = usedBy(watch.pid);
      idle.push(((after.cpuMs - before.cpuMs) / IDLE_MS) * 100);
      memory.push(after.memoryMb);
    }
    await watch.save(text);
    netloom(['plan', '--lab', '--detailed-exitcode', file]);
  } finally {
    await watch.stop();
    await labDown(name);
    rmSync(folder, { recursive: true });
  }
  const row = (
    /** @type {string} */ what,
    /** @type {number[]} */ taken,
    /** @type {number} */ most,
    /** @type {import('../rows.mjs').Row['unit']} */ unit = 'ms',
  ) => rowOf({ section: 'watch', what, routers, rounds: taken, unit, limit: { most } });
  return [
    row('one floating IP changed, from the save until settled', saved, LIMITS.savedMs),
    ...Object.entries(healed).map(([what, taken]) => row(`${what}, until healed`, taken, LIMITS.healedMs)),
    row('processor while nothing happens', idle, LIMITS.idlePercent, '%'),
    row('memory while nothing happens', memory, LIMITS.memoryMb, 'MB'),
  ];
}
