/** Ports from a first to a last one, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** How many ports a range has; below 1 where it ends before it starts. */
export function sizeOf({ first, last }: PortRange): number {
  return last - first + 1;
}

/** A range as text: `22`, or `5000:5010` with the separator its reader expects. */
export function formatPorts({ first, last }: PortRange, separator = ':'): string {
  return first === last ? String(first) : `${String(first)}${separator}${String(last)}`;
}
