import type { Area, Finding, State } from './finding.ts';
import type { Machine } from './machine.ts';
import requirements from './requirements.json' with { type: 'json' };

/** A command that netloom uses, and its Debian package. */
export interface Requirement {
  readonly command: string;
  readonly package: string;
  readonly for: string;
  readonly needed: 'run' | 'lab' | 'test' | 'slow-test';
  /** What does not work without it, if the rest works. */
  readonly lack?: string;
  /** The area of the finding, if it is not tools. */
  readonly area?: Area;
}

export const REQUIREMENTS = requirements as readonly Requirement[];

/** Arguments that print a command's version, if not `--version`. */
const VERSION_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  ip: ['-V'],
  ping: ['-V'],
  busybox: [],
  perl: ['-e', 'print $^V'],
};

/** The exit code of a program that was ended, as of timeout(1). */
const HUNG = 124;

const LACK: Readonly<Record<Requirement['needed'], { readonly state: State; readonly cost: string }>> = {
  run: { state: 'missing', cost: 'apply does not work' },
  lab: { state: 'warning', cost: 'the lab does not work' },
  test: { state: 'note', cost: 'only some tests of netloom itself need it' },
  'slow-test': { state: 'note', cost: 'only a test of netloom itself needs it' },
};

/** Finds out which commands are installed, and their versions. */
export async function toolFindings(machine: Machine, requirements = REQUIREMENTS): Promise<readonly Finding[]> {
  return Promise.all(requirements.map((requirement) => toolFinding(machine, requirement)));
}

async function toolFinding(machine: Machine, requirement: Requirement): Promise<Finding> {
  const { command, area = 'tools' } = requirement;
  const base = { area, id: `tool-${command}`, name: command } as const;
  const path = await machine.find(command);
  if (path === undefined) {
    const { state, cost } =
      requirement.lack === undefined ? LACK[requirement.needed] : { state: 'warning' as const, cost: requirement.lack };
    const fix = `apt-get install --no-install-recommends ${requirement.package}`;
    return { ...base, state, detail: `not found; used for ${requirement.for}`, cost, fix };
  }
  const { code, stdout, stderr } = await machine.run([path, ...(VERSION_ARGUMENTS[command] ?? ['--version'])]);
  if (code === HUNG) {
    const cost = 'netloom ends it after --timeout, and fails';
    return { ...base, state: 'warning', detail: `hangs: ${stderr.trim()}`, cost, fix: `find out why ${path} hangs` };
  }
  return { ...base, state: 'ok', detail: versionIn(stdout) ?? versionIn(stderr) ?? 'version unknown' };
}

/** `ip utility, iproute2-6.1.0, libbpf 1.1.0` → `6.1.0`; `iptables v1.8.9 (nf_tables)` → `1.8.9`. */
export function versionIn(text: string): string | undefined {
  return /(?:^|[\sv-])(\d[\d.]*\d[\w.+~]*)/.exec(text.split('\n')[0] ?? '')?.[1];
}
