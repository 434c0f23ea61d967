import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { DiagnosticError } from '../model/diagnostic.ts';
import { labDiagnostic } from './errors.ts';
import type { LabShape } from './shape.ts';

/** What a lab runs, and the Debian package each comes from; one of the programs of a line is enough. */
const TOOLS: readonly {
  readonly any: readonly string[];
  readonly from: string;
  readonly when?: 'listen' | 'instance';
}[] = [
  { any: ['unshare'], from: 'util-linux' },
  { any: ['nsenter'], from: 'util-linux' },
  { any: ['flock'], from: 'util-linux' },
  { any: ['mount'], from: 'mount' },
  { any: ['ip'], from: 'iproute2' },
  { any: ['hostname'], from: 'hostname' },
  { any: ['ping'], from: 'iputils-ping' },
  { any: ['udhcpc', 'busybox', 'dhclient'], from: 'udhcpc', when: 'instance' },
  { any: ['perl'], from: 'perl-base', when: 'listen' },
];

/** The folders programs are looked for in: the user's, then those of root. */
export function searchPath(): string {
  const own = process.env['PATH'] ?? '/usr/bin:/bin';
  return `${own}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`;
}

/**
 * Looks whether this machine has what a lab needs.
 * @throws DiagnosticError (NLL007) with one diagnostic for each program that is missing.
 */
export async function checkTools(shape: LabShape, dirs = searchPath()): Promise<void> {
  const needs = {
    instance: shape.members.some(({ kind }) => kind === 'instance'),
    listen: shape.members.some(({ listen }) => listen.length > 0),
  };
  const wanted = TOOLS.filter(({ when }) => when === undefined || needs[when]);
  const isThere = (program: string): Promise<boolean> => isIn(dirs.split(':'), program);
  const found = await Promise.all(wanted.map(async ({ any }) => (await Promise.all(any.map(isThere))).includes(true)));
  const missing = wanted.filter((_, index) => found[index] !== true);
  if (missing.length === 0) return;
  throw new DiagnosticError(
    missing.map(({ any, from }) =>
      labDiagnostic({
        code: 'NLL007',
        summary: `The lab needs ${any.join(' or ')}, which is not on this machine`,
        hint: `Install the package ${from}; \`netloom doctor\` shows all that is missing.`,
      }),
    ),
  );
}

async function isIn(dirs: readonly string[], program: string): Promise<boolean> {
  for (const dir of dirs) {
    const ok = await access(path.join(dir, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (ok) return true;
  }
  return false;
}
