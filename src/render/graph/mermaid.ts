import { clean } from '../clean.ts';
import type { Edge, Item, Picture, Shape } from './picture.ts';

/** The brackets of each shape. */
const SHAPES: Readonly<Record<Shape, readonly [open: string, close: string]>> = {
  wire: ['{{', '}}'],
  nic: ['[', ']'],
  bridge: ['[[', ']]'],
  tap: ['(', ')'],
  router: ['([', '])'],
  dhcp: ['([', '])'],
  instance: ['[', ']'],
  host: ['[', ']'],
  'floating-ip': ['>', ']'],
};

const STYLES: Readonly<Partial<Record<Shape, string>>> = {
  wire: 'fill:#eeeeee,stroke:#777777,color:#000000',
  bridge: 'fill:#dbeafe,stroke:#2563eb,color:#000000',
  router: 'fill:#fde68a,stroke:#b45309,color:#000000',
  dhcp: 'fill:#fde68a,stroke:#b45309,color:#000000',
  instance: 'fill:#dcfce7,stroke:#15803d,color:#000000',
  host: 'fill:#fce7f3,stroke:#be185d,color:#000000',
  'floating-ip': 'fill:#ffedd5,stroke:#c2410c,color:#000000',
};

/** Returns a picture as a Mermaid flowchart, which GitHub draws in a Markdown file. */
export function renderMermaid(picture: Picture): string {
  const clusters = picture.clusters.flatMap((cluster) => [
    `  subgraph ${cluster.id}["${text([cluster.label])}"]`,
    ...cluster.items.map((item) => `    ${itemText(item)}`),
    '  end',
  ]);
  const styles = Object.entries(STYLES).map(([shape, style]) => `  classDef ${className(shape)} ${style}`);
  const lines = [
    'flowchart LR',
    ...picture.items.map((item) => `  ${itemText(item)}`),
    ...clusters,
    ...picture.edges.map((edge) => `  ${edgeText(edge)}`),
    ...styles,
  ];
  return `${lines.join('\n')}\n`;
}

function itemText({ id, shape, label }: Item): string {
  const [open, close] = SHAPES[shape];
  const style = shape in STYLES ? `:::${className(shape)}` : '';
  return `${id}${open}"${text(label)}"${close}${style}`;
}

function edgeText({ from, to, label, dashed }: Edge): string {
  const line = dashed === true ? '-.-' : '---';
  return label === undefined || label === '' ? `${from} ${line} ${to}` : `${from} ${line}|"${text([label])}"| ${to}`;
}

/** Returns a class name of letters only: Mermaid has keywords with dashes. */
function className(shape: string): string {
  return shape.replace('-', '');
}

/** Returns the lines of a label. Mermaid's only escapes are its entities. */
function text(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    clean(line).replace(/[#&"<>\\`]/g, (character) => `#${String(character.charCodeAt(0))};`),
  );
  return escaped.join('<br/>');
}
