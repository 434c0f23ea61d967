import type { NamespaceView } from '../../model/probe.ts';

/** What is observed in one namespace, on this node. `given`: what else of the node it depends on. */
type Observe<Given, All> = (namespace: NamespaceView, node: string, topology: string, given: Given | undefined) => All;

/**
 * Returns a function that observes a namespace once as long as its view is the same: a watch reads few namespaces of a
 * node again, and the views of all others are those from before. The same view gives the same objects, so it can be
 * told from their identity that nothing has changed. `observe` must depend on its arguments alone; `given` is the same
 * if it is the same value.
 */
export function onceByView<T, Given = undefined>(
  observe: Observe<Given, Iterable<T>>,
): (namespace: NamespaceView, node: string, topology: string, given?: Given) => readonly T[] {
  const seen = new WeakMap<
    NamespaceView,
    {
      readonly node: string;
      readonly topology: string;
      readonly given: Given | undefined;
      readonly objects: readonly T[];
    }
  >();
  return (namespace, node, topology, given) => {
    const before = seen.get(namespace);
    if (before?.node === node && before.topology === topology && before.given === given) return before.objects;
    const objects = [...observe(namespace, node, topology, given)];
    seen.set(namespace, { node, topology, given, objects });
    return objects;
  };
}
