/** Returns a value that the topology checks guarantee. If it is missing, netloom has a fault, not the file. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`a valid topology has ${what}`);
  return value;
}
