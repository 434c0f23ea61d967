import type { Command } from 'commander';
import { withNetwork } from '../../session/network.ts';
import { planWithErrors } from '../../session/target.ts';
import { addExamples, addExitCodes, addFile, addJson, addLab } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

/** Adds `show`, which prints the health of nodes, services and floating IPs, and then the observed objects. */
export function addShow(program: Command, act: Act): void {
  const command = addFile(
    program.command('show').description('show every service with its health, and the objects on the nodes'),
  );
  addExitCodes(addJson(addLab(command)), [0, 'shown, also if a service is unhealthy'], [1, 'an error']);
  addExamples(command, [
    ['routers, DHCP servers, bridges, instances, floating IPs; then kernel objects', 'show topology.yaml'],
    ['all services that are not ok', 'show --json topology.yaml | jq \'.services[] | select(.health != "ok")\''],
  ]).action(act(show));
}

async function show(context: Context, file: string, options: { readonly lab?: boolean }): Promise<number> {
  const { session } = context;
  const { resolved, graph, warnings, result } = await withNetwork(session, file, options, async (network) => ({
    ...network,
    result: await planWithErrors(session, network),
  }));
  const { plan, observed, diagnostics } = result;
  const { servicesOf } = await import('../../render/show/services.ts');
  const { floatingIpsOf } = await import('../../render/show/floating-ips.ts');
  const { stateOf } = await import('../../render/show/state.ts');
  const services = servicesOf(resolved, plan, diagnostics);
  const floatingIps = floatingIpsOf(resolved, plan, diagnostics);
  const state = stateOf(graph.nodes, observed);
  const all = [...warnings, ...diagnostics];
  if (context.json) {
    const { showDocument } = await import('../../render/show/json.ts');
    const listed = await diagnosticsJson(context, all);
    printJson(
      context,
      showDocument({ topology: graph.topology, services, floatingIps, state, observed, diagnostics: listed }),
    );
  } else {
    await printDiagnostics(context, all);
    const { renderShow } = await import('../../render/show/text.ts');
    const { out } = context.output;
    out.write(renderShow(services, floatingIps, state, out.colours, out.tableColumns));
  }
  return EXIT.ok;
}
