import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byHand, root } from './run.mjs';

const { resolveTopology } = await import(join(root, 'dist/resolve/resolve.js'));
const { labRun } = await import(join(root, 'dist/lab/index.js'));

const PROGRAM = readFileSync(new URL('./traffic.pl', import.meta.url), 'utf8');
const PACKETS_PER_SECOND = 100;
const STOP = '/tmp/stop-traffic';

/**
 * Sends 100 packets a second through every router of the lab while `work` runs, and fails if the routers did not
 * forward most of them.
 * @param {any} topology @param {() => Promise<void> | void} work
 */
export async function underTraffic(topology, work) {
  const { resolved } = resolveTopology(topology);
  /** @type {import('../../src/resolve/resolved.ts').ResolvedRouter[]} */
  const routers = [...resolved.routers.values()];
  const [gateway] = routers.flatMap((router) => (router.gateway ? [router.gateway] : []));
  const [subnet] = routers.flatMap((router) => router.interfaces);
  if (!gateway || !subnet) throw new Error('the routers have no gateway, or no subnet');
  const taps = routers.flatMap(({ interfaces }) => interfaces.map(({ tap }) => tap));
  const targets = routers.map(({ name, gateway: port }) => {
    const target = resolved.floatingIps.find((/** @type {{router: string}} */ one) => one.router === name);
    return `${port?.mac} ${target.address}\n`;
  });
  const forwarded = async () => {
    const { stdout } = await labRun(topology, 'host', [
      'sh',
      '-c',
      'for tap in "$@"; do cat "/sys/class/net/$tap/statistics/rx_packets"; done',
      'sh',
      ...taps,
    ]);
    return stdout.split('\n').reduce((/** @type {number} */ sum, /** @type {string} */ line) => sum + Number(line), 0);
  };
  const before = await forwarded();
  await byHand(topology, ['rm', '-f', STOP]);
  const argv = ['perl', '-e', PROGRAM, STOP, String(1 / PACKETS_PER_SECOND), gateway.bridge, subnet.bridge];
  const sender = labRun(topology, 'host', argv, { stdin: targets.join('') });
  try {
    // The routers ask for the MACs of their targets first.
    await new Promise((settle) => setTimeout(settle, 500));
    await work();
  } finally {
    await byHand(topology, ['touch', STOP]);
  }
  const { code, stdout, stderr } = await sender;
  if (code !== 0) throw new Error(`no traffic: ${stderr}`);
  const arrived = (await forwarded()) - before;
  if (arrived < Number(stdout) * 0.8) throw new Error(`the routers forwarded ${arrived} of ${stdout.trim()} packets`);
}
