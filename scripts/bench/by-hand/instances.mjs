import { join } from 'node:path';
import { root } from '../run.mjs';

const { openNodes, closeNodes } = await import(join(root, 'dist/session/nodes.js'));
const { planNetwork } = await import(join(root, 'dist/session/plan.js'));
const { hostsFor } = await import(join(root, 'dist/session/reach.js'));
const { restoreText } = await import(join(root, 'dist/apply/restore.js'));

const END = 'END_OF_INPUT';

/** @param {string} program @param {string[]} lines @returns {string[]} */
const fed = (program, lines) => (lines.length === 0 ? [] : [`${program} <<'${END}'\n${lines.join('\n')}\n${END}`]);

/**
 * Returns the script that leads from the node's state to the desired one, as an experienced person writes it by hand:
 * one `ipset restore`, one restore for each IP version, one `nft -f` and one `ip -batch`. It reads nothing before, and
 * everything once after.
 * @param {any} topology @param {any} graph @returns {Promise<string>}
 */
export async function floorScript(topology, graph) {
  const shells = await openNodes(hostsFor(topology, { lab: true }));
  try {
    const { plan } = await planNetwork(graph, shells);
    /** @type {any[]} */
    const commands = plan.batches.flatMap((/** @type {any} */ { steps }) =>
      steps.map((/** @type {any} */ s) => s.command),
    );
    /** @param {string} tool */
    const of = (tool) => commands.filter((command) => command.tool === tool);
    const known = new Set(['ipset', 'iptables', 'nft', 'ip', 'sysctl', 'write']);
    const other = commands.find(({ tool }) => !known.has(tool));
    if (other) throw new Error(`the script by hand cannot contain this command: ${JSON.stringify(other)}`);
    /** @param {string} tool */
    const lines = (tool) => of(tool).map(({ words }) => words.join(' '));
    /** @param {4 | 6} family */
    const rules = (family) => {
      const edits = of('iptables').filter((command) => command.family === family);
      return edits.length === 0 ? [] : [restoreText(edits, false)];
    };
    return [
      'set -e',
      ...fed('ipset -exist restore', lines('ipset')),
      ...fed('iptables-restore --noflush', rules(4)),
      ...fed('ip6tables-restore --noflush', rules(6)),
      ...fed('nft -f -', lines('nft')),
      ...fed('ip -batch -', lines('ip')),
      ...of('write').map(
        ({ path, content, mode }) =>
          `install -D -m ${mode} /dev/stdin ${path} <<'${END}'\n${content}${content.endsWith('\n') ? '' : '\n'}${END}`,
      ),
      ...of('sysctl').map(({ key, value }) => `echo ${value} >/proc/sys/${key}`),
      READ,
    ].join('\n');
  } finally {
    await closeNodes(shells);
  }
}

/** All at once: a program waits for the kernel, and the processors have nothing else to do. */
const READ = `printf 'addr show\\nroute show table all\\n' | ip -j -d -batch - >/dev/null &
iptables-save >/dev/null &
ip6tables-save >/dev/null &
ipset save >/dev/null &
nft -j list table bridge "$1" >/dev/null
for f in /proc/sys/net/ipv6/conf/*/disable_ipv6; do read -r v <$f || :; echo "$f $v"; done >/dev/null
wait
`;
