import type { Found, Survey } from '../../gc/found.ts';
import type { Trace } from '../../model/trace.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { locationOfTrace, SORTS } from '../../render/gc/words.ts';

const SHOWN = 20;

/** What was found and cannot be used, or may hide more: said, and left alone. */
export function remarksOn({ illegible, unnamed, silent }: Survey): readonly Diagnostic[] {
  return [
    ...illegible.map((trace): Diagnostic => ({
      code: 'NLX30',
      severity: 'warning',
      summary: `${describe(trace)} has a mark that names no topology: ${JSON.stringify(trace.says)}`,
      place: networkLocation(trace),
      hint: 'netloom has not made it so, and leaves it alone',
    })),
    ...unnamed.map(({ node, device, cidr, label }): Diagnostic => ({
      code: 'NLX32',
      severity: 'info',
      summary: `address ${cidr} of ${device} may be a topology's: its label is ${label}`,
      detail: 'Such a label has only a hash of the name, and no topology that was found has this one.',
      place: { node },
      hint: 'if you know the name, say it with --topology',
    })),
    ...silent.map(({ node, why }): Diagnostic => ({
      code: 'NLX33',
      severity: 'warning',
      summary: `the database of Open vSwitch on ${node} does not answer; what is in it was not seen`,
      detail: why,
      place: { node },
    })),
  ];
}

/** What still names a topology of which nothing is to be removed any more. */
export function leftOf({ topology, traces }: Found): Diagnostic {
  const lines = traces.slice(0, SHOWN).map((trace) => `${locationOfTrace(trace)}  ${describe(trace)}`);
  const more = traces.length - lines.length;
  return {
    code: 'NLX31',
    severity: 'warning',
    summary: `something names topology ${topology} that netloom cannot know for its own`,
    detail: [...lines, ...(more > 0 ? [`and ${String(more)} more`] : [])].join('\n'),
    hint: 'look at it, and remove it by hand',
  };
}

function describe({ sort, name }: Trace): string {
  return `${SORTS[sort].one} ${name}`;
}

function networkLocation({ node, netns }: Trace): NonNullable<Diagnostic['place']> {
  return { node, ...(netns !== null && { netns }) };
}
