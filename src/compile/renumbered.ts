import type { Diagnostic } from '../model/diagnostic.ts';
import type { Moved } from '../resolve/moved.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';

/** The most ports that one warning lists. */
const MOST = 10;

/** Returns a warning for each derived address that the nodes have and that the topology gives up. */
export function renumbered(moved: readonly Moved[]): readonly Diagnostic[] {
  return moved.map(({ origin: { path, range }, from, to, because, holder }): Diagnostic => ({
    code: 'NLP50',
    severity: 'warning',
    summary: `${path}: ${from} → ${to}, because ${because}`,
    ...(holder !== undefined && { hint: `give ${holder} another address to keep ${from}` }),
    ...(range && { range }),
  }));
}

/**
 * Returns one warning if the topology gets other addresses with what the nodes hold than without.
 * @param pin the command that writes them into the file
 */
export function heldWarnings(fresh: ResolvedTopology, held: ResolvedTopology, pin: string): readonly Diagnostic[] {
  const derived = new Map(fresh.derived.map((port) => [port.id, port]));
  const lines = held.derived.flatMap(({ id, addresses, origin }) => {
    const other = derived.get(id)?.addresses.filter((address) => !addresses.includes(address)) ?? [];
    const own = addresses.filter((address) => derived.get(id)?.addresses.includes(address) !== true);
    return own.length === 0
      ? []
      : [`${origin.path} has ${own.join(', ')} with what is on the nodes, and ${other.join(', ')} without`];
  });
  if (lines.length === 0) return [];
  const more = lines.length > MOST ? [`and ${String(lines.length - MOST)} more`] : [];
  const ports = lines.length === 1 ? 'a port keeps an address' : `${String(lines.length)} ports keep addresses`;
  return [
    {
      code: 'NLP51',
      severity: 'warning',
      summary: `${ports} that the file does not give: after a reboot, or in a check without nodes, they get others`,
      detail: [...lines.slice(0, MOST), ...more].join('\n'),
      hint: `run \`${pin}\`: it writes them into the file`,
    },
  ];
}
