import { clean } from '../clean.ts';
import type { Edge, Item, Picture, Shape } from './picture.ts';

const SHAPES: Readonly<Record<Shape, string>> = {
  wire: 'shape=hexagon, fillcolor="#eeeeee"',
  nic: 'shape=box, fillcolor="#ffffff"',
  bridge: 'shape=box, peripheries=2, fillcolor="#dbeafe"',
  tap: 'shape=box, fillcolor="#ffffff", style="filled,rounded"',
  router: 'shape=ellipse, fillcolor="#fde68a"',
  dhcp: 'shape=ellipse, fillcolor="#fde68a"',
  instance: 'shape=box3d, fillcolor="#dcfce7"',
  host: 'shape=box3d, fillcolor="#fce7f3"',
  'floating-ip': 'shape=cds, fillcolor="#ffedd5"',
};

/** Returns a picture as a Graphviz graph: `netloom graph --format dot FILE | dot -Tsvg`. */
export function renderDot(picture: Picture): string {
  const clusters = picture.clusters.flatMap((cluster) => [
    `  subgraph ${quote([`cluster_${cluster.id}`])} {`,
    `    label=${quote([cluster.label])};`,
    ...cluster.items.map((item) => `    ${itemText(item)}`),
    '  }',
  ]);
  const lines = [
    `graph ${quote([picture.title])} {`,
    '  rankdir=LR;',
    '  node [style=filled, fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9];',
    ...picture.items.map((item) => `  ${itemText(item)}`),
    ...clusters,
    ...picture.edges.map((edge) => `  ${edgeText(edge)}`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function itemText({ id, shape, label }: Item): string {
  return `${id} [label=${quote(label)}, ${SHAPES[shape]}];`;
}

function edgeText({ from, to, label, dashed }: Edge): string {
  const attributes = [
    ...(label === undefined || label === '' ? [] : [`label=${quote([label])}`]),
    ...(dashed === true ? ['style=dashed'] : []),
  ];
  return `${from} -- ${to}${attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`};`;
}

/** Returns lines as a quoted string; a backslash is doubled, because it begins an escape sequence in a label. */
function quote(lines: readonly string[]): string {
  const escaped = lines.map((line) => clean(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
  return `"${escaped.join('\\n')}"`;
}
