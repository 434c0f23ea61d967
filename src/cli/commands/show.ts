import type { Command } from 'commander';
import type { NodeChoice } from '../../session/choice.ts';
import { withNetwork } from '../../session/network.ts';
import { planWithErrors } from '../../session/target.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson, addLab, addNoCache, addNodeChoice } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { exitOfProbes } from '../probes.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

/** Adds `show`, which prints the health of nodes, services and floating IPs, and then the observed objects. */
export function addShow(program: Command, act: Act): void {
  const command = addFile(
    program.command('show').description('show every service with its health, and the objects on the nodes'),
  );
  addNodeChoice(command);
  const probe = 'ask every service itself: ping, ARP, DHCP, DNS, metadata, floating IPs';
  addFlag(addJson(addNoCache(addLab(command))), '--probe', probe);
  addExitCodes(
    command,
    [0, 'shown, also if a service is unhealthy'],
    [1, 'an error; with --probe also if a service does not answer as it should'],
    [2, 'with --probe: there is no service to ask'],
  );
  addExamples(command, [
    ['routers, DHCP servers, bridges, instances, floating IPs; then kernel objects', 'show topology.yaml'],
    ['whether they answer, and how fast', 'show --probe topology.yaml'],
    ['all services that are not ok', 'show --json topology.yaml | jq \'.services[] | select(.health != "ok")\''],
  ]);
  addAbout(
    command,
    'Without --probe a healthy service is `as in the file`: what netloom reads does not differ. With it, `ok` is a ' +
      'service that answered.',
    'The requests are sent from the namespaces of routers and DHCP servers, to ports of the topology and to the ' +
      'gateways of routers. No lease is taken, and no program of a guest is called. A guest that does not answer may ' +
      'be off: that is no failure.',
  );
  command.action(act(show));
}

interface ShowOptions extends NodeChoice {
  readonly lab?: boolean;
  readonly probe?: boolean;
}

async function show(context: Context, file: string, options: ShowOptions): Promise<number> {
  const { session } = context;
  const { resolved, graph, warnings, result, probes } = await withNetwork(session, file, options, async (network) => {
    const result = await planWithErrors(session, network);
    if (options.probe !== true) return { ...network, result, probes: undefined };
    const { probeServices } = await import('../../session/services.ts');
    return { ...network, result, probes: await probeServices(network.resolved, network.shells) };
  });
  const { plan, observed, diagnostics } = result;
  const { servicesOf } = await import('../../render/show/services.ts');
  const { floatingIpsOf } = await import('../../render/show/floating-ips.ts');
  const { stateOf } = await import('../../render/show/state.ts');
  const { probedFloatingIp, probedService } = await import('../../render/show/probed.ts');
  const seen = probes ?? [];
  const services = servicesOf(resolved, plan, diagnostics).map((service) => probedService(service, seen));
  const floatingIps = floatingIpsOf(resolved, plan, diagnostics).map((ip) => probedFloatingIp(ip, seen));
  const { leftOut } = plan;
  const state = stateOf(
    graph.nodes.filter((node) => !leftOut.includes(node)),
    observed,
  );
  const all = [...warnings, ...diagnostics];
  if (context.json) {
    const { showDocument } = await import('../../render/show/json.ts');
    const listed = await diagnosticsJson(context, all);
    const { topology } = graph;
    printJson(
      context,
      showDocument({ topology, services, floatingIps, probes, state, observed, leftOut, diagnostics: listed }),
    );
  } else {
    await printDiagnostics(context, all);
    const { renderShow } = await import('../../render/show/text.ts');
    const { out } = context.output;
    out.write(renderShow(services, floatingIps, state, out.colours, out.tableColumns));
    if (probes && probes.length > 0) {
      const { renderProbes } = await import('../../render/verify/probes.ts');
      out.write(`\n${renderProbes(probes, out.colours, out.tableColumns)}`);
    }
  }
  return probes ? exitOfProbes(probes) : EXIT.ok;
}
