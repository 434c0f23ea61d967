import type { Command } from 'commander';
import { withNetwork } from '../../session/network.ts';
import { planWithErrors } from '../../session/target.ts';
import { addExamples, addExitCodes, addFile, addJson, addLab } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

/** `show`: a line per node, service and floating IP with its health, then what stands. */
export function addShow(program: Command, act: Act): void {
  const command = addFile(
    program.command('show').description('show every service with its health, and what stands on the nodes'),
  );
  addExitCodes(addJson(addLab(command)), [0, 'shown, whatever the health'], [1, 'an error']);
  addExamples(command, [
    ['routers, DHCP servers, bridges, instances, floating IPs; then the kernel', 'show topology.yaml'],
    ['what is not ok', 'show --json topology.yaml | jq \'.services[] | select(.health != "ok")\''],
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
  const services = servicesOf(resolved, plan.changes, diagnostics);
  const floatingIps = floatingIpsOf(resolved, plan.changes, diagnostics);
  const state = stateOf(graph.nodes, observed);
  const all = [...warnings, ...diagnostics];
  if (context.json) {
    const { showDocument } = await import('../../render/show/json.ts');
    const said = await diagnosticsJson(context, all);
    printJson(
      context,
      showDocument({ topology: graph.topology, services, floatingIps, state, observed, diagnostics: said }),
    );
  } else {
    await printDiagnostics(context, all);
    const { renderShow } = await import('../../render/show/text.ts');
    const { out } = context.output;
    out.write(renderShow(services, floatingIps, state, out.colours, out.tableColumns));
  }
  return EXIT.ok;
}
