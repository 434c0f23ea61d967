import { manifest, thisRelease } from './release.mjs';

/** @typedef {import('commander').Command} Command */

const EXIT_STATUS = [
  ['0', 'Success.'],
  ['1', 'An error, a wrong use, or an expectation that does not hold.'],
  ['2', '`plan --detailed-exitcode`: there are changes. `verify`: there is nothing to test.'],
  ['3', '`verify`: warnings only.'],
  ['130, 143', 'Ended by SIGINT or SIGTERM.'],
];

const ENVIRONMENT = [
  ['NETLOOM_FLAG', 'A flag that the command line does not give, such as `NETLOOM_YES=1`. Each is named above.'],
  ['NETLOOM_DEBUG', '1 prints where an internal error happened.'],
  ['NO_COLOR, FORCE_COLOR', 'Never or always print with colour.'],
];

const FILES = [
  ['/etc/netloom/NAME.yaml', 'The topology that `netloom@NAME.service` applies at boot.'],
  ['/run/netloom', 'Files of DHCP servers and metadata proxies, on every node.'],
];

/**
 * Returns the man page of a program, from the tree of its commands.
 * @param {typeof import('../../src/cli/program.ts').createProgram} createProgram
 */
export function manPage(createProgram) {
  /** @type {string[]} */
  const written = [];
  const stream = {
    write: (/** @type {string} */ text) => written.push(text),
    columns: 76,
    colours: { isColorSupported: false },
  };
  const output = { out: stream, err: stream, withoutColour: () => undefined };
  const world = /** @type {import('../../src/cli/context.ts').World} */ (/** @type {unknown} */ ({ output, env: {} }));
  const program = createProgram(world, () => () => Promise.resolve());
  return pageOf(program, (command) => {
    written.length = 0;
    command.outputHelp();
    return written.join('').slice(command.helpInformation().length).trim();
  });
}

/** @param {Command} program @param {(command: Command) => string} afterHelp the text below a command's help */
function pageOf(program, afterHelp) {
  const { version, homepage } = manifest();
  return [
    `.TH NETLOOM 1 ${thisRelease().date} "netloom ${version}" "User Commands"`,
    '.SH NAME',
    `netloom \\- ${roff(lowerFirst(program.description().replace(/\.$/, '')))}`,
    '.SH SYNOPSIS',
    '.B netloom',
    roff('[options] <command>'),
    '.SH DESCRIPTION',
    ...filled(
      'netloom reads one YAML file, a topology in the words of the Neutron API, and every node that the file names. ' +
        'It shows the differences as a plan and applies them: bridges, namespaces, routers, DHCP servers, NAT and ' +
        'security groups. Only objects that carry its mark are ever changed or deleted.',
    ),
    '.SH OPTIONS',
    ...options(program),
    '.SH EXAMPLES',
    ...examples(afterHelp(program)),
    '.SH COMMANDS',
    ...leaves(program).flatMap((command) => [
      `.SS ${quoted(usageOf(command))}`,
      ...filled(upperFirst(command.description())),
      ...entries(
        command.registeredArguments.map((argument) => [
          argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
          argument.description,
        ]),
      ),
      ...options(command),
      ...(afterHelp(command) === '' ? [] : ['.PP']),
      ...examples(afterHelp(command)),
    ]),
    '.SH "EXIT STATUS"',
    ...entries(EXIT_STATUS),
    '.SH ENVIRONMENT',
    ...entries(ENVIRONMENT),
    '.SH FILES',
    ...entries(FILES),
    '.SH "SEE ALSO"',
    ['ip(8)', 'iptables(8)', 'nft(8)', 'ip-netns(8)', 'dnsmasq(8)', 'haproxy(1)', 'ovs-vsctl(8)', 'systemd.unit(5)']
      .map((page) => page.replace(/^(.*)(\(\d\))$/, (_, name, section) => `.BR ${roff(name)} ${section}`))
      .join(' ,\n'),
    '.PP',
    roff(homepage),
    '',
  ].join('\n');
}

/** The commands that do something, in the order of the help. @param {Command} command @returns {Command[]} */
function leaves(command) {
  return command.commands.flatMap((child) => (child.commands.length === 0 ? [child] : leaves(child)));
}

/** @param {Command} command @returns {string} */
function usageOf(command) {
  const names = [];
  for (let at = /** @type {Command | null} */ (command); at !== null; at = at.parent) names.unshift(at.name());
  return `${names.join(' ')} ${command.usage()}`;
}

/** @param {Command} command */
function options(command) {
  return entries(
    command.options.map(({ flags, description, argChoices = [] }) => [
      flags,
      argChoices.length === 0 ? description : `${description}; one of: ${argChoices.join(', ')}`,
    ]),
  );
}

/** A list of terms, each with what it means. @param {readonly (readonly string[])[]} list */
function entries(list) {
  return list.flatMap(([term = '', meaning = '']) => ['.TP', `.B ${roff(term)}`, ...filled(meaning || term)]);
}

/** The text below a command's help, with its line breaks. @param {string} text */
function examples(text) {
  return text === '' ? [] : ['.nf', ...text.split('\n').map(roff), '.fi'];
}

/** Prose, in lines of fewer than 80 bytes. @param {string} text */
function filled(text) {
  return (text.match(/.{1,60}(?:\s|$)|\S+/g) ?? []).map((line) => roff(line.trim()));
}

/** A line of text as roff prints it as it is. @param {string} line */
function roff(line) {
  return line
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('`', '')
    .replace(/^(?=[.'])/, '\\&');
}

/** @param {string} text */
function quoted(text) {
  return `"${roff(text).replaceAll('"', '\\(dq')}"`;
}

/** @param {string} text */
function upperFirst(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {string} text */
function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
