import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { labsDir } from '../../src/lab/state-dir.ts';

/** Programs by name, each as a script; one without a script is left out. */
type Programs = Readonly<Record<string, string | undefined>>;

/**
 * Does work with these programs first in PATH and an empty temporary folder of its own. In the output the folder has
 * the same name on every machine.
 */
export async function onMachine(programs: Programs, work: () => Promise<string>): Promise<string> {
  const own = mkdtempSync(path.join(realpathSync(tmpdir()), 'netloom-test-codes-'));
  const { PATH = '', TMPDIR } = process.env;
  const bin = path.join(own, 'bin');
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) {
    if (script === undefined) continue;
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  process.env['PATH'] = `${bin}:${PATH}`;
  process.env['TMPDIR'] = own;
  try {
    const labs = labsDir();
    return (await work()).replaceAll(labs, '/tmp/netloom-0');
  } finally {
    process.env['PATH'] = PATH;
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    rmSync(own, { recursive: true, force: true });
  }
}
