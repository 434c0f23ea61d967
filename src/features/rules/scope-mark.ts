/** The high 16 bits of a packet's mark hold the number of its address scope. */
export function scopeMark(scope: number): string {
  return `0x${(scope << 16).toString(16)}`;
}

/** Returns the number of the address scope in a mark; `undefined` if the text is no such mark. */
export function scopeOfMark(mark: string): number | undefined {
  const high = /^0x([0-9a-f]{1,4})0000$/.exec(mark)?.[1];
  return high === undefined ? undefined : Number.parseInt(high, 16);
}
