/** A value the checks of the topology promise; without it the mistake is netloom's, not the file's. */
export function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`a valid topology has ${what}`);
  return value;
}
