import type { Engine } from './engine.ts';

/** The real engine. Each module is loaded when a step first needs it. */
export function createEngine(): Engine {
  const nodes = () => import('./nodes.ts');
  const locks = () => import('./lock.ts');
  const lab = () => import('../lab/index.ts');
  return {
    async preload() {
      await Promise.all([
        import('./plan.ts'),
        import('./apply.ts'),
        import('../topology/load.ts'),
        import('../compile/compile.ts'),
        import('./compile-held.ts'),
      ]);
    },
    source: async (file) => (await import('../topology/read.ts')).readTopology(file),
    async outline({ text, file, folder }) {
      const outline = (await import('../topology/outline.ts')).outlineOf(text, folder);
      return outline && { file, ...outline };
    },
    load: async ({ text, file, folder }) => (await import('../topology/load.ts')).loadTopology(text, file, folder),
    format: async ({ text, file }) => (await import('../topology/format/format.ts')).formatYaml(text, file),
    pin: async (desired, texts) => (await import('./pin-fields.ts')).pinFields(desired, texts),
    compile: async (topology) => (await import('../compile/compile.ts')).compileTopology(topology),
    derives: async (resolved) => (await import('../compile/learn-held.ts')).derivesAnything(resolved),
    compileHeld: async (desired, views, lab) => (await import('./compile-held.ts')).compileHeld(desired, views, lab),
    async open(topology, options, shell) {
      const { hostsFor } = await import('./reach.ts');
      const hosts = [...hostsFor(topology, options)].filter(([node]) => options.nodes?.includes(node) ?? true);
      return (await nodes()).openNodes(new Map(hosts), shell);
    },
    async openMachines(reaches, shell) {
      const { hostsAt } = await import('./reach.ts');
      return (await nodes()).openNodes(hostsAt(reaches), shell);
    },
    close: async (shells) => (await nodes()).closeNodes(shells),
    lock: async (shells, options) => (await locks()).lockNodes(shells, options),
    unlock: async (shells) => (await locks()).unlockNodes(shells),
    async lockHolders(shells, node, end) {
      const shell = shells.get(node);
      if (shell === undefined) throw new Error(`no shell for node ${node}`);
      return (await import('../hosts/holders.ts')).lockHolders(shell, end);
    },
    read: async (topology, shells, part) => (await import('./read.ts')).readNetwork(topology, shells, part),
    readUnless: async (topology, shells, digests) => (await import('./read.ts')).readUnless(topology, shells, digests),
    survey: async (shells) => (await import('../gc/survey.ts')).survey(shells),
    plan: async (...args) => (await import('./plan.ts')).planNetwork(...args),
    state: async (source) => (await import('./recorded-state.ts')).recordedState(source),
    difference: async (from, to, sides) => (await import('./difference.ts')).differenceOf(from, to, sides),
    async snapshot(graph, shells, views, recorded) {
      const { snapshotOf, tablesOf } = await import('./snapshot.ts');
      return snapshotOf(graph, views, await tablesOf(graph.topology, shells), recorded);
    },
    apply: async (graph, shells, first, options) =>
      (await import('./apply.ts')).applyNetwork(graph, shells, first, options),
    lab: {
      async up(topology, resolved, onEvent, shell) {
        const fixedAddress = (instance: string, device: string) =>
          resolved.instances.get(instance)?.ports.find((port) => port.device === device)?.fixedIps[0]?.address;
        return (await lab()).labUp(topology, { onEvent, fixedAddress, shell });
      },
      down: async (name) => (await lab()).labDown(name),
      list: async () => (await lab()).labList(),
      names: async () => (await lab()).labNames(),
      status: async (topology, shell) => (await lab()).labStatus(topology, shell),
      inspect: async (topology, targets, shell) => (await lab()).labInspect(topology, targets, shell),
      capture: async (topology, point, options) => (await lab()).labCapture(topology, point, options),
      run: async (topology, member, argv, options) => (await lab()).labRun(topology, member, argv, options),
    },
  };
}
