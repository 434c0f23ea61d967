import type { ElkExtendedEdge, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Container, End, Link } from '../scene/scene.ts';
import type { Form } from './form.ts';

/** The width of the bar of a network. */
export const BAR = 12;
/** From the card to the first cable of a bar, at least. */
export const BELOW_CARD = 16;
const SHORTEST_BAR = 10;
const ABOVE_CARD = 22;
/** What is above the boxes of a frame: its name. */
export const FRAME_TOP = 46;
const FRAME_MARGIN = 18;

const ROOT_OPTIONS: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  // The same picture on every run.
  'elk.randomSeed': '1',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.spacing.nodeNode': '18',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.componentComponent': '28',
  'elk.layered.spacing.nodeNodeBetweenLayers': '30',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.separateConnectedComponents': 'true',
};

/** Up to so many links elkjs keeps the order of the file; more take it too long (file-order.ts). */
const MOST_IN_ORDER = 60;

const BOX_OPTIONS: LayoutOptions = { 'elk.portConstraints': 'FIXED_POS' };

/** Returns the graph that elkjs places: forms as nodes, containers around them, links as edges. */
export function elkGraph(
  forms: readonly Form[],
  containers: readonly Container[],
  links: readonly Link[],
  frameWidths: ReadonlyMap<string, number>,
): ElkNode {
  const bars = new Set(forms.filter(({ card }) => card).map(({ thing }) => thing.id));
  const barPorts = new Map<string, ElkPort[]>();
  const edges = links.map(({ from, to }, index): ElkExtendedEdge => {
    const end = (each: End, side: 'EAST' | 'WEST'): string => {
      if (!bars.has(each.thing) && each.port !== undefined) return each.port;
      const id = `${side} ${String(index)}`;
      const port: ElkPort = { id, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } };
      const known = barPorts.get(each.thing);
      if (known) known.push(port);
      else barPorts.set(each.thing, [port]);
      return id;
    };
    return { id: `link ${String(index)}`, sources: [end(from, 'EAST')], targets: [end(to, 'WEST')] };
  });
  const nodes = new Map(forms.map((form) => [form, elkNode(form, barPorts.get(form.thing.id) ?? [])]));
  const within = (container: string | undefined): readonly ElkNode[] =>
    [...nodes].flatMap(([{ thing }, node]) => (thing.container === container ? node : []));
  const frames = containers.map(({ id }): ElkNode => {
    const margin = String(FRAME_MARGIN);
    const padding = `[top=${String(FRAME_TOP)},left=${margin},bottom=${margin},right=${margin}]`;
    const least = `(${String(frameWidths.get(id) ?? 0)},${String(FRAME_TOP)})`;
    const layoutOptions = {
      'elk.padding': padding,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': least,
    };
    return { id, layoutOptions, children: [...within(id)] };
  });
  const order = links.length <= MOST_IN_ORDER ? 'NODES_AND_EDGES' : 'NONE';
  const layoutOptions = { ...ROOT_OPTIONS, 'elk.layered.considerModelOrder.strategy': order };
  return { id: 'root', layoutOptions, children: [...within(undefined), ...frames], edges };
}

function elkNode({ thing, width, height, dots, card }: Form, barPorts: readonly ElkPort[]): ElkNode {
  if (!card) {
    const ports = dots.map(({ x, y, port }): ElkPort => ({
      ...{ id: port, x, y, width: 0, height: 0 },
      layoutOptions: { 'elk.port.side': x === 0 ? 'WEST' : 'EAST' },
    }));
    return { id: thing.id, width, height, ports, layoutOptions: BOX_OPTIONS };
  }
  const layoutOptions = {
    'elk.portConstraints': 'FIXED_SIDE',
    'elk.spacing.portPort': '20',
    'elk.nodeSize.constraints': 'PORTS MINIMUM_SIZE',
    'elk.nodeSize.minimum': `(${String(BAR)},${String(SHORTEST_BAR)})`,
    'elk.nodeLabels.placement': 'OUTSIDE V_TOP H_CENTER',
    'elk.spacing.labelNode': String(BELOW_CARD),
    // The bar is as long as its cables need to be straight.
    'elk.layered.nodePlacement.networkSimplex.nodeFlexibility': 'NODE_SIZE',
  };
  // The card is a label of the bar, so that it takes room above it and no cable ends at it. Its height has what the
  // bar above in the same column needs for its end.
  const labels = [{ text: thing.id, width: card.width, height: card.height + ABOVE_CARD }];
  return { id: thing.id, width: BAR, height: SHORTEST_BAR, ports: [...barPorts], labels, layoutOptions };
}
