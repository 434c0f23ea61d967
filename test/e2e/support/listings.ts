/*
 * Listings of programs, reduced to what they say about the network: what a program's version or the history of a machine
 * decides (numbers of devices, queueing disciplines, columns) is left out, on both sides of a comparison.
 */

/** Every run of white space as one blank, none at the ends of lines. */
function squeeze(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

/** `ip address`: a block for each device, in order of their names. */
export function ipAddresses(text: string): string[] {
  const blocks: string[][] = [];
  for (const line of squeeze(text)) {
    const head = /^\d+: ([^:@]+)(?:@\S+)?: (<\S+> mtu \d+)/.exec(line);
    if (head) blocks.push([`${head[1] ?? ''}: ${head[2] ?? ''}`]);
    else if (!line.startsWith('valid_lft'))
      blocks.at(-1)?.push(line.replace(/ (?:link-netnsid \d+|noprefixroute|proto \S+)/g, ''));
  }
  return blocks.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)).flat();
}

/** `route`, with or without `-n`. */
export function routes(text: string): string[] {
  return squeeze(text)
    .filter((line) => /^(?:default|\d)/.test(line))
    .map((line) => line.replace(/^0\.0\.0\.0 /, 'default ').replace(/^(\S+) 0\.0\.0\.0 /, '$1 * '));
}

/** `brctl show`. */
export function bridges(text: string): string[] {
  return squeeze(text);
}

/** `ip netns`, in order of the names; newer programs add the number by which a namespace is known. */
export function namespaces(text: string): string[] {
  return squeeze(text)
    .map((line) => line.replace(/ \(id: \d+\)$/, ''))
    .sort();
}

/** What is already in a canonical form: nothing is left out. */
export function verbatim(text: string): string[] {
  return text.trimEnd().split('\n');
}
