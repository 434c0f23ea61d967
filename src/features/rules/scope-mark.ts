/** The high 16 bits of a packet's mark hold the number of its address scope. */
export function scopeMark(scope: number): string {
  return `0x${(scope << 16).toString(16)}`;
}
