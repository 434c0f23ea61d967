import type { DesiredGraph } from '../../src/model/graph.ts';

/** Returns a graph as text in a fixed order: resources by address, fields by name. */
export function graphText(graph: DesiredGraph): string {
  const blocks = [...graph.resources]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, { spec, origin, after = [] }]) =>
      [address, `  # ${origin.path}`, ...fields(spec, '  '), ...after.map((other) => `  after ${other}`), ''].join(
        '\n',
      ),
    );
  return [`topology ${graph.topology}`, `nodes ${graph.nodes.join(' ')}`, '', ...blocks].join('\n');
}

function fields(value: unknown, indent: string): string[] {
  return Object.entries(value as object)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, field]: [string, unknown]) => {
      if (Array.isArray(field)) return [`${indent}${name}:`, ...field.map((item) => `${indent}  - ${scalar(item)}`)];
      if (typeof field === 'object' && field !== null) return [`${indent}${name}:`, ...fields(field, `${indent}  `)];
      return [`${indent}${name}: ${scalar(field)}`];
    });
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\n', '\\n') : JSON.stringify(value);
}
