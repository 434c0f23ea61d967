/** Returns a function that takes bytes, and calls `onLine` with every whole line of their text. */
export function lineReader(onLine: (line: string) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const end = all.lastIndexOf(0x0a);
    rest = all.subarray(end + 1);
    if (end < 0) return;
    for (const line of all.subarray(0, end).toString('utf8').split('\n')) onLine(line);
  };
}
