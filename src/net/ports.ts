/** A range of ports; `first` and `last` belong to it. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Returns the number of ports of a range; below 1 if it ends before it starts. */
export function sizeOf({ first, last }: PortRange): number {
  return last - first + 1;
}

/** Returns a range as text: `22`, or `5000:5010` with the given separator. */
export function formatPorts({ first, last }: PortRange, separator = ':'): string {
  return first === last ? String(first) : `${String(first)}${separator}${String(last)}`;
}
