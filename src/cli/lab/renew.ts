import type { Command } from 'commander';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { loadValid } from '../../session/desired.ts';
import { renewLeases, withoutLease, type RenewedLease } from '../../session/renew.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

/** Adds `lab renew`, which makes instances of the lab give up their DHCP leases and ask for new ones. */
export function addLabRenew(lab: Command, act: Act): void {
  const command = addFile(
    lab.command('renew').description('make instances of the lab give up their DHCP leases and ask again'),
  ).argument('[instance...]', 'the instances; all by default');
  addJson(command);
  addAbout(
    command,
    'A guest keeps its lease when its address or MTU in the file changes, until it asks again. ' +
      'Addresses without DHCP change with `netloom lab up`.',
  );
  addExitCodes(command, [0, 'every port with DHCP has a lease'], [1, 'a port got no lease, or an error']);
  addExamples(command, [
    ['after the address of an instance changed', 'lab renew topology.yaml test1'],
    ['after the MTU of a network changed: all instances', 'lab renew topology.yaml'],
  ]).action(act(renew));
}

async function renew(context: Context, file: string, instances: readonly string[]): Promise<number> {
  const { topology } = await loadValid(context.session, file);
  const leases = await renewLeases(context.session, topology, instances);
  const failed = withoutLease(leases);
  if (context.json) {
    const ports = leases.map(({ instance, device, dhcp, before, address, mtu }) => {
      return { instance, port: device, dhcp, before, address, mtu };
    });
    printJson(context, { format_version: FORMAT_VERSION, ports, diagnostics: await diagnosticsJson(context, failed) });
  } else {
    for (const lease of leases) context.output.out.line(lineOf(lease));
    if (leases.length === 0) context.output.out.line('No port to renew: apply the topology first.');
    await printDiagnostics(context, failed);
  }
  return failed.length === 0 ? EXIT.ok : EXIT.failed;
}

function lineOf({ instance, device, dhcp, before, address, mtu }: RenewedLease): string {
  const port = `${instance}/${device}`;
  if (!dhcp) return `${port}: no DHCP`;
  if (address === null) return `${port}: no lease`;
  const change = before === null || before === address ? address : `${before} → ${address}`;
  return `${port}: ${change}${mtu === null ? '' : `, MTU ${String(mtu)}`}`;
}
