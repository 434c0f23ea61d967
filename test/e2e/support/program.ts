import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { labRun, type LabRunResult } from '../../../src/lab/index.ts';
import { checkOutput } from '../../support/json-outputs.ts';
import { copyIn } from './copy-in.ts';
import type { Network } from './network.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MANIFEST = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { readonly files: readonly string[] };
/** The files of the built program, as `npm pack` packs them. */
const FILES = ['package.json', ...MANIFEST.files.filter((file) => file.startsWith('dist/'))];
const PLACE = '/tmp/netloom';

/** Copies netloom itself to members of a lab, by default to every node, so that it runs there as on any host. */
export async function installNetloom(
  network: Network,
  members: Iterable<string> = network.resolved.nodes.keys(),
): Promise<void> {
  if (!existsSync(`${ROOT}dist/main.cjs`)) throw new Error('netloom is not built; run: npm run build');
  const archive = execFileSync('tar', ['-C', ROOT, '-cz', ...FILES], { maxBuffer: 1 << 28 });
  for (const node of members) {
    await copyIn(network, node, archive, `${PLACE}.tar.gz`);
    await network.in(node, `mkdir ${PLACE} && tar -C ${PLACE} -xzf ${PLACE}.tar.gz && rm ${PLACE}.tar.gz`);
  }
}

/** Runs netloom on a member of a lab. */
export async function netloomOn(network: Network, node: string, ...args: readonly string[]): Promise<LabRunResult> {
  const argv = [process.execPath, `${PLACE}/dist/main.cjs`, ...args];
  const ran = await labRun(network.topology, node, argv, { timeoutMs: 60_000 });
  checkOutput(args, ran.stdout);
  return ran;
}
