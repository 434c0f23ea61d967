import { FORMAT_VERSION } from '../format-version.ts';
import type { Item, Picture } from './picture.ts';

/** Returns a picture as one JSON document. Ids are valid in this document only; a name is the first line of a label. */
export function pictureDocument({ title, clusters, items, edges }: Picture, diagnostics: readonly object[]): object {
  return {
    format_version: FORMAT_VERSION,
    topology: title,
    nodes: clusters.map((cluster) => ({ id: cluster.id, name: cluster.label, items: cluster.items.map(itemJson) })),
    items: items.map(itemJson),
    edges: edges.map(({ from, to, label, dashed }) => ({
      from,
      to,
      label: label ?? null,
      stands_for: dashed ?? false,
    })),
    diagnostics,
  };
}

function itemJson({ id, shape, label }: Item): object {
  const [name = '', ...details] = label;
  return { id, type: shape, name, details };
}
