/*
 * Outputs of programs, reduced to facts about the network. What depends on a program's version or a host's history
 * (ifindexes, queueing disciplines, columns) is left out, on both sides of a comparison.
 */

/** Replaces runs of white space by one blank, and removes it at the ends of lines. */
function squeeze(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

/** Reads `ip address`: one block per device, sorted by name. */
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

/** Reads `route`, with or without `-n`. */
export function routes(text: string): string[] {
  return squeeze(text)
    .filter((line) => /^(?:default|\d)/.test(line))
    .map((line) => line.replace(/^0\.0\.0\.0 /, 'default ').replace(/^(\S+) 0\.0\.0\.0 /, '$1 * '));
}

/** Reads `brctl show`. */
export function bridges(text: string): string[] {
  return squeeze(text);
}

/** Reads `ip netns`, sorted by name; newer versions also print the nsid. */
export function namespaces(text: string): string[] {
  return squeeze(text)
    .map((line) => line.replace(/ \(id: \d+\)$/, ''))
    .sort();
}

/** Reads output that is already canonical: nothing is left out. */
export function verbatim(text: string): string[] {
  return text.trimEnd().split('\n');
}
