import { commandLine, fileWord } from '../model/command-line.ts';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { RenewedPort } from '../lab/index.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { mapLimited } from '../verify/map-limited.ts';
import { untilAborted } from './abort.ts';
import { runInLab } from './lab.ts';
import type { Session } from './session.ts';

/** A renewed port, and its instance. */
export interface RenewedLease extends RenewedPort {
  readonly instance: string;
}

/**
 * Renews the leases of instances in the lab, of all of them if none is named.
 * @throws DiagnosticError NLX64 if a name is no instance of the lab
 */
export async function renewLeases(
  session: Session,
  topology: ValidTopology,
  names: readonly string[],
): Promise<readonly RenewedLease[]> {
  const { parseRenewed, renewCommand, RENEW_LIMIT_MS } = await import('../lab/index.ts');
  const { instances = {} } = topology.doc;
  const inLab = Object.keys(instances).filter((name) => instances[name]?.attach !== 'tap');
  const wrong = names.filter((name) => !inLab.includes(name));
  if (wrong.length > 0) throw new DiagnosticError(wrong.map((name) => noInstance(name, inLab)));
  const chosen = names.length > 0 ? [...new Set(names)] : inLab;
  const renewOne = async (instance: string): Promise<readonly RenewedLease[]> => {
    const limit = { timeoutMs: RENEW_LIMIT_MS };
    const { stdout } = await runInLab(session, topology, instance, renewCommand(instance), limit);
    return parseRenewed(stdout).map((port) => ({ instance, ...port }));
  };
  return (await untilAborted(session.signal, mapLimited(chosen, AT_ONCE, renewOne))).flat();
}

/** The number of instances whose leases are renewed at once. */
const AT_ONCE = 16;

/** The number of names listed in a hint. */
const SHOWN = 20;

function noInstance(name: string, inLab: readonly string[]): Diagnostic {
  const hint = inLab.length === 0 ? 'the file has none' : `it has: ${inLab.slice(0, SHOWN).join(', ')}`;
  const summary = `the lab has no instance ${JSON.stringify(name)} that it runs itself`;
  return { code: 'NLX64', severity: 'error', summary, hint };
}

/** Returns an error for each port that got no lease. */
export function withoutLease(leases: readonly RenewedLease[]): readonly Diagnostic[] {
  return leases
    .filter(({ dhcp, address }) => dhcp && address === null)
    .map(({ instance, device }) => ({
      code: 'NLX63',
      severity: 'error',
      summary: `${instance}/${device} got no lease: no DHCP server has answered`,
    }));
}

/** Returns a warning for each guest of the lab whose lease is not what the file gives it. */
export async function staleLeases(
  { engine, shell }: Session,
  topology: ValidTopology,
  resolved: ResolvedTopology,
): Promise<readonly Diagnostic[]> {
  const { instances } = await engine.lab.status(topology, shell);
  return instances.flatMap(({ name, ports }) => {
    const own = new Map(resolved.instances.get(name)?.ports.map((port) => [port.device, port]));
    return ports.flatMap(({ device, dhcp, address, lease }): readonly Diagnostic[] => {
      const port = own.get(device);
      if (port === undefined || dhcp !== 'bound') return [];
      const [has] = (address ?? '').split('/');
      const parts = [
        ...(port.leased && has !== port.leased.address ? [`${has ?? ''}, the file says ${port.leased.address}`] : []),
        ...(Number(lease['mtu'] ?? '') > 0 && Number(lease['mtu']) !== port.mtu
          ? [`MTU ${String(lease['mtu'])}, the file says ${String(port.mtu)}`]
          : []),
      ];
      if (parts.length === 0) return [];
      const hint = `run \`${commandLine('lab', 'renew', fileWord(topology.file), name)}\``;
      const summary = `${name}/${device} still holds its old lease: ${parts.join('; ')}`;
      return [{ code: 'NLX62', severity: 'warning', summary, hint }];
    });
  });
}
