import type { Engine } from './engine.ts';

/** The engine of the command line. Each module is loaded when a command first needs it. */
export function createEngine(): Engine {
  const pipeline = () => import('./settle.ts');
  const lab = () => import('../lab/index.ts');
  return {
    async preload() {
      await Promise.all([pipeline(), import('../topology/load.ts'), import('../compile/compile.ts')]);
    },
    source: async (file) => (await import('../topology/read.ts')).readTopology(file),
    outline: async ({ text }) => (await import('../topology/outline.ts')).outlineOf(text),
    load: async ({ text, file }) => (await import('../topology/load.ts')).loadTopology(text, file),
    async compile(topology) {
      const { compileTopology } = await import('../compile/compile.ts');
      return compileTopology(topology);
    },
    async open(topology, options) {
      const { hostsFor } = await import('./reach.ts');
      return (await pipeline()).openNodes(hostsFor(topology, options));
    },
    async openMachines(reaches) {
      const { hostsAt } = await import('./reach.ts');
      return (await pipeline()).openNodes(hostsAt(reaches));
    },
    close: async (shells) => (await pipeline()).closeNodes(shells),
    lock: async (shells) => (await pipeline()).lockNodes(shells),
    unlock: async (shells) => (await pipeline()).unlockNodes(shells),
    read: async (topology, shells, node) => (await pipeline()).readNetwork(topology, shells, node),
    survey: async (shells) => (await import('../gc/survey.ts')).survey(shells),
    plan: async (graph, shells, reading) => (await pipeline()).planNetwork(graph, shells, reading),
    apply: async (graph, shells, first, options) => (await pipeline()).applyNetwork(graph, shells, first, options),
    guard: async (graph, plan, options) =>
      (await import('../plan/guard.ts')).guard(plan, graph.resources.size, options),
    lab: {
      async up(topology, resolved, onEvent) {
        const fixedAddress = (instance: string, device: string) =>
          resolved.instances.get(instance)?.ports.find((port) => port.device === device)?.fixedIps[0]?.address;
        return (await lab()).labUp(topology, { onEvent, fixedAddress });
      },
      down: async (name) => (await lab()).labDown(name),
      status: async (topology) => (await lab()).labStatus(topology),
      exec: async (topology, member, argv) => (await lab()).labExec(topology, member, argv),
      run: async (topology, member, argv, options) => (await lab()).labRun(topology, member, argv, options),
    },
  };
}
