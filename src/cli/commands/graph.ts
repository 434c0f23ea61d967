import { InvalidArgumentError, type Command } from 'commander';
import { loadDesired, type Desired } from '../../session/desired.ts';
import { withNetwork } from '../../session/network.ts';
import { planWithErrors } from '../../session/target.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Marks } from '../../picture/live/mark.ts';
import type { Drawn } from '../../picture/scene/networks.ts';
import type { Level } from '../../picture/scene/scene.ts';
import type { Picture } from '../../render/graph/picture.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson, addLab, addNoCache } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

const FORMATS = ['svg', 'html', 'mermaid', 'dot'] as const;
type Format = (typeof FORMATS)[number];

/** Adds `graph`, which prints a picture of the network. */
export function addGraph(program: Command, act: Act): void {
  const command = addFile(
    program.command('graph').description('draw the network; without --live no node is contacted'),
  );
  addFlag(
    command,
    '--format <format>',
    'svg (an image), html (a page to zoom and click), mermaid (drawn in a pull request) or dot (Graphviz)',
    { choices: FORMATS, default: 'mermaid', env: 'NETLOOM_GRAPH_FORMAT' },
  );
  addFlag(
    command,
    '--level <level>',
    'networks (by default in svg and html) or devices (of each node; by default in mermaid and dot)',
    { choices: ['networks', 'devices'] },
  );
  addFlag(command, '--live', 'read the nodes, and draw what is not as in the file; in svg and html');
  addFlag(
    command,
    '--fold <n>',
    'in svg and html: draw like instances as one if there are more than n things; 200 by default',
  );
  command.options.at(-1)?.argParser<number>(readFold);
  addJson(addNoCache(addLab(command)), 'document', 'one document: the items of the picture and their connections');
  command.options.at(-1)?.conflicts('format');
  addExitCodes(command, [0, 'drawn, also if something is not as in the file'], [1, 'an error']);
  addExamples(command, [
    ['for a README: readable on light and dark pages', 'graph --format svg topology.yaml > topology.svg'],
    ['every device of every node, as a page', 'graph --format html --level devices topology.yaml > topology.html'],
    ['what is not as in the file', 'graph --format svg --live topology.yaml > now.svg'],
    ['in a pull request', 'graph topology.yaml'],
    ['with Graphviz', 'graph --format dot topology.yaml | dot -Tsvg -o graphviz.svg'],
  ]);
  addAbout(
    command,
    'The page and the image load nothing and need no network. With --live a sign at each thing tells its health: a ' +
      'tick, or what differs, is missing, is in conflict or was not read.',
    'The layout of svg and html is made by elkjs, which npm installs with netloom. The single executable does not ' +
      'contain it, and prints the command that installs it.',
  );
  command.action(act(graph));
}

function readFold(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('it must be a number from 0 to 999999.');
}

interface GraphOptions {
  readonly format?: Format;
  readonly level?: Level;
  readonly live?: boolean;
  readonly fold?: number;
  readonly lab?: boolean;
}

async function graph(context: Context, file: string, options: GraphOptions): Promise<number> {
  const { format } = options;
  const isDrawn = !context.json && (format === 'svg' || format === 'html');
  if (options.live === true && !isDrawn) {
    throw cliError('NLX58', '--live draws what is not as in the file into an image or a page', {
      hint: 'add --format svg or --format html; show --json has the same as data',
    });
  }
  if (isDrawn) return picture(context, file, { ...options, format });
  const desired = await loadDesired(context.session, file);
  await printDiagnostics(context, desired.warnings);
  const drawn = await itemsAt(options.level ?? 'devices', desired);
  if (context.json) {
    const { pictureDocument } = await import('../../render/graph/json.ts');
    printJson(context, pictureDocument(drawn, await diagnosticsJson(context, desired.warnings)));
  } else if (format === 'dot') {
    const { renderDot } = await import('../../render/graph/dot.ts');
    context.output.out.write(renderDot(drawn));
  } else {
    const { renderMermaid } = await import('../../render/graph/mermaid.ts');
    context.output.out.write(renderMermaid(drawn));
  }
  return EXIT.ok;
}

async function itemsAt(level: Level, { topology, resolved }: Desired): Promise<Picture> {
  if (level === 'networks') {
    const [{ networksScene }, { itemsOf }] = await Promise.all([
      import('../../picture/scene/networks.ts'),
      import('../../picture/scene/as-items.ts'),
    ]);
    return itemsOf(networksScene({ doc: topology.doc, resolved, most: Infinity }));
  }
  const { draw } = await import('../../render/graph/draw.ts');
  return draw(topology.doc, resolved);
}

async function picture(
  context: Context,
  file: string,
  options: GraphOptions & { readonly format: 'svg' | 'html' },
): Promise<number> {
  const { desired, marks, diagnostics } = await (options.live === true
    ? read(context, file, options)
    : fromFile(context, file));
  await printDiagnostics(context, diagnostics);
  const [{ MOST_SINGLY, sceneOf }, { layout }] = await Promise.all([
    import('../../picture/scene/draw.ts'),
    import('../../picture/layout/layout.ts'),
  ]);
  const { topology, resolved } = desired;
  const drawn: Drawn = { doc: topology.doc, resolved, most: options.fold ?? MOST_SINGLY, ...(marks && { marks }) };
  const geometry = await layout(sceneOf(options.level ?? 'networks', drawn));
  const { out } = context.output;
  if (options.format === 'svg') {
    const { renderSvg } = await import('../../picture/svg/svg.ts');
    out.write(renderSvg(geometry));
  } else {
    const { renderPage } = await import('../../picture/html/page.ts');
    out.write(renderPage(geometry));
  }
  return EXIT.ok;
}

/** A desired state, with what was found of it if the nodes were read. */
interface Found {
  readonly desired: Desired;
  readonly marks?: Marks;
  readonly diagnostics: readonly Diagnostic[];
}

async function fromFile({ session }: Context, file: string): Promise<Found> {
  const desired = await loadDesired(session, file);
  return { desired, diagnostics: desired.warnings };
}

async function read({ session }: Context, file: string, options: GraphOptions): Promise<Found> {
  const { network, result } = await withNetwork(session, file, options, async (open) => {
    return { network: open, result: await planWithErrors(session, open) };
  });
  const { plan, diagnostics } = result;
  const { resolved, warnings } = network;
  const [{ servicesOf }, { floatingIpsOf }, { marksOf }] = await Promise.all([
    import('../../render/show/services.ts'),
    import('../../render/show/floating-ips.ts'),
    import('../../picture/live/marks.ts'),
  ]);
  const marks = marksOf(resolved, {
    services: servicesOf(resolved, plan, diagnostics),
    floatingIps: floatingIpsOf(resolved, plan, diagnostics),
    groups: plan.groups,
  });
  return { desired: network, marks, diagnostics: [...warnings, ...diagnostics] };
}
