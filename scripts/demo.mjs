/**
 * `npm run demo`: from a fresh clone to a network that answers. Installs what is missing, builds, and then
 * only runs commands that a person could type. Works as root, and without it inside a user namespace.
 */
import { join } from 'node:path';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { bold, colour, dim, green, main, say, seconds, Stop } from './lib/say.mjs';
import { ensureBuilt, ensureInstalled } from './lib/setup.mjs';

const FILE = 'topologies/linuxbridge-flat.yaml';

/**
 * What is called, in order; the first that fails ends the demo. Of one with `rest` only the first paragraph is shown,
 * when it has ended, and `rest` in place of what more it says.
 * @type {readonly { title: string, args: string[], rest?: string }[]}
 */
const STEPS = [
  { title: 'Bring up the lab: three nodes, their cables, an outside host', args: ['lab', 'up', FILE], rest: '' },
  { title: 'Apply the topology', args: ['apply', FILE, '--lab', '--yes', '--brief'] },
  { title: 'Verify what the instances and the outside host reach', args: ['verify', FILE, '--lab'] },
  {
    title: 'Show the services and their health',
    args: ['show', FILE, '--lab'],
    rest: '… and then every bridge, address, route and rule',
  },
];

/** Things worth trying, each with what it shows. */
const LOOK_INSIDE = [
  ['lab exec', 'test1 -- ping -c 2 10.10.10.16', 'an instance pings one on another node'],
  ['lab exec', 'outside -- ping -c 2 11.11.11.11', 'the outside reaches test1 by its floating IP'],
  ['lab exec', 'controller -- ip netns', 'the router and the DHCP server'],
  [
    'lab exec',
    'controller -- ip netns exec qrouter-7a51a575-00f1-4709-badc-3d2866084c84 iptables -t nat -S',
    'the rules behind SNAT and the floating IP',
  ],
  ['graph', '', 'the network as a picture (Mermaid)'],
  ['plan', '--lab', 'edit the file first, then see what would change'],
];

await main(async () => {
  const started = performance.now();
  await ensureInstalled(['run', 'lab']);
  await ensureBuilt();
  for (const [index, { title, args, rest }] of STEPS.entries()) {
    say(`\n${bold(`[${index + 1}/${STEPS.length}] ${title}`)}\n${dim(`$ npx netloom ${args.join(' ')}`)}`);
    const ended = await netloom(args, rest === undefined);
    if (rest !== undefined) say((ended.code === 0 ? ended.output.split('\n\n', 1)[0] : ended.output)?.trimEnd());
    if (ended.code === 130) return 130;
    if (ended.code !== 0) throw new Stop(failure(args, ended.code));
    if (rest) say(dim(rest));
  }
  summary(performance.now() - started);
  return 0;
});

/** Runs the CLI that was just built, on our terminal. @param {readonly string[]} args @param {boolean} show */
function netloom(args, show) {
  return run([process.execPath, join(ROOT, 'dist/main.cjs'), ...args], {
    show,
    foreground: true,
    ...(colour ? { env: { FORCE_COLOR: '1' } } : {}),
  });
}

/** @param {readonly string[]} args @param {number} code */
function failure(args, code) {
  return (
    `\`netloom ${args.join(' ')}\` ended with exit code ${code}.\n` +
    `  To list what this host lacks:  npx netloom doctor\n` +
    `  To end the lab:                npx netloom lab down ${FILE}`
  );
}

/** @param {number} milliseconds */
function summary(milliseconds) {
  say(`\n${green(bold('The network is up'))}, and every check passed ${dim(`(${seconds(milliseconds)} in all)`)}\n`);
  say(`It is what ${bold(FILE)} says, as OpenStack's linuxbridge agents would build it, on three nodes that`);
  say('are namespaces of this host. Nothing outside them was changed.\n');
  say(bold('Created'));
  say('  controller            the router (SNAT, one floating IP), the DHCP server, two bridges');
  say('  compute1, compute2    a bridge each, with a tap for every instance');
  say('  test1, test2, test3   instances, addressed by DHCP: 10.10.10.11, .12 and .16');
  say('  outside               a host beyond the router, 11.11.11.111; for it, test1 is 11.11.11.11\n');
  say(bold('Look inside'));
  for (const [command = '', rest = '', why = ''] of LOOK_INSIDE) {
    say(`  npx netloom ${[command, FILE, rest].filter((part) => part !== '').join(' ')}`);
    say(dim(`      ${why}`));
  }
  say(`\n${bold('Take it down')}\n  npx netloom lab down ${FILE}`);
}
