import { AREAS, countStates, type Area, type Finding, type State } from '../../doctor/finding.ts';
import { clean } from '../clean.ts';
import { alignedRows } from '../align.ts';
import { count } from '../columns.ts';
import type { Paint } from '../colour.ts';

const HEADINGS: Readonly<Record<Area, string>> = {
  machine: 'Machine',
  tools: 'Tools',
  kernel: 'Kernel (tried in a temporary namespace)',
  iptables: 'iptables',
  openvswitch: 'Open vSwitch (for nodes with `mechanism: openvswitch`)',
};

/** Returns findings for people: a line each; below it, what does not work and how to fix it. */
export function renderFindings(findings: readonly Finding[], colours: Paint, columns = Infinity): string {
  const areas = AREAS.map((area) => [area, findings.filter((finding) => finding.area === area)] as const);
  const blocks = areas
    .filter(([, list]) => list.length > 0)
    .map(([area, list]) => [colours.bold(HEADINGS[area]), ...areaLines(list, colours, columns)].join('\n'));
  return `${[...blocks, verdict(findings, colours)].join('\n\n')}\n`;
}

function areaLines(findings: readonly Finding[], colours: Paint, columns: number): readonly string[] {
  const heads = alignedRows(
    findings.map(({ state, name, detail }) => [mark(state, colours), clean(name), clean(detail)]),
    '  ',
    columns,
  );
  return findings.flatMap(({ cost, fix }, i) => [
    ...(heads[i] ?? []),
    ...(cost === undefined ? [] : [`      ${colours.dim('costs:')} ${clean(cost)}`]),
    ...(fix === undefined ? [] : [`      ${colours.cyan('fix:')}  ${clean(fix)}`]),
  ]);
}

function mark(state: State, colours: Paint): string {
  switch (state) {
    case 'ok':
      return colours.green('✔');
    case 'note':
      return colours.blue('i');
    case 'warning':
      return colours.yellow('!');
    case 'missing':
      return colours.red('✘');
  }
}

function verdict(findings: readonly Finding[], colours: Paint): string {
  const { missing, warning } = countStates(findings);
  const warnings = warning === 0 ? '' : `, ${count(warning, 'warning')}`;
  if (missing > 0)
    return colours.red(
      colours.bold(`${count(missing, 'requirement')} of netloom ${missing === 1 ? 'is' : 'are'} missing${warnings}.`),
    );
  if (warning > 0) return colours.yellow(colours.bold(`All requirements of netloom are met${warnings}.`));
  return colours.green(colours.bold('All requirements of netloom are met.'));
}
