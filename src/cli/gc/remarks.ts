import type { Found, Survey } from '../../gc/found.ts';
import type { Trace } from '../../model/trace.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { locationOfTrace, SORTS } from '../../render/gc/words.ts';

const SHOWN = 20;

/** Returns the diagnostics on marks that name no known topology, and on databases that could not be read. */
export function remarksOn({ illegible, unnamed, silent }: Survey): readonly Diagnostic[] {
  return [
    ...illegible.map((trace): Diagnostic => ({
      code: 'NLX30',
      severity: 'warning',
      summary: `${describe(trace)} has a mark that names no topology: ${JSON.stringify(trace.says)}`,
      place: networkLocation(trace),
      hint: 'netloom does not set such a mark and will not change the object',
    })),
    ...unnamed.map(({ node, device, cidr, label }): Diagnostic => ({
      code: 'NLX32',
      severity: 'info',
      summary: `address ${cidr} of ${device} may belong to a topology: its label is ${label}`,
      detail: 'The label has only a hash of the name. No topology that was found has this hash.',
      place: { node },
      hint: 'if you know the name, use --topology NAME',
    })),
    ...silent.map(({ node, why }): Diagnostic => ({
      code: 'NLX33',
      severity: 'warning',
      summary: `the Open vSwitch database of ${node} could not be read`,
      detail: why,
      place: { node },
    })),
  ];
}

/** Returns the diagnostic on objects that name a topology and cannot be removed. */
export function leftOf({ topology, traces }: Found): Diagnostic {
  const lines = traces.slice(0, SHOWN).map((trace) => `${locationOfTrace(trace)}  ${describe(trace)}`);
  const more = traces.length - lines.length;
  return {
    code: 'NLX31',
    severity: 'warning',
    summary: `objects name topology ${topology} that netloom cannot identify as its own`,
    detail: [...lines, ...(more > 0 ? [`and ${String(more)} more`] : [])].join('\n'),
    hint: 'check them, and remove them by hand',
  };
}

function describe({ sort, name }: Trace): string {
  return `${SORTS[sort].one} ${name}`;
}

function networkLocation({ node, netns }: Trace): NonNullable<Diagnostic['place']> {
  return { node, ...(netns !== null && { netns }) };
}
