import { manifest, thisRelease } from './release.mjs';

/** @typedef {import('../../src/cli/command-spec.ts').CommandSpec} CommandSpec */
/** @typedef {import('../../src/cli/command-spec.ts').FlagSpec} FlagSpec */

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
 * Returns the man page.
 * @param {readonly CommandSpec[]} specs every command, the program itself first
 * @param {typeof import('../../src/cli/help/text.ts').notesText} notesText
 */
export function manPage([root, ...others], notesText) {
  if (root === undefined) throw new Error('there are no commands');
  const common = new Set(root.flags.map(nameOf));
  const notes = (/** @type {CommandSpec} */ spec) => notesText(spec.notes, 76).trim();
  const { version, homepage } = manifest();
  return [
    `.TH NETLOOM 1 ${thisRelease().date} "netloom ${version}" "User Commands"`,
    '.SH NAME',
    `netloom \\- ${roff(lowerFirst(root.description.replace(/\.$/, '')))}`,
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
    ...options(root.flags.filter((flag) => nameOf(flag) !== '--help')),
    '.SH EXAMPLES',
    ...preformatted(notes(root)),
    '.SH COMMANDS',
    ...others
      .filter(({ subcommands }) => subcommands.length === 0)
      .flatMap((spec) => [
        `.SS ${quoted(spec.usage)}`,
        ...filled(upperFirst(spec.description)),
        ...entries(
          spec.arguments.map(({ name, required, description }) => [required ? `<${name}>` : `[${name}]`, description]),
        ),
        ...options(spec.flags.filter((flag) => !common.has(nameOf(flag)))),
        ...(notes(spec) === '' ? [] : ['.PP']),
        ...preformatted(notes(spec)),
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

/** The long name of a flag. @param {FlagSpec} flag */
function nameOf({ names }) {
  return names.at(-1) ?? '';
}

/** @param {readonly FlagSpec[]} flags */
function options(flags) {
  return entries(
    flags.map(({ names, value, description, env, choices }) => [
      [names.join(', '), ...(value === undefined ? [] : [value])].join(' '),
      [
        `${description}${env === undefined ? '' : ` (env: ${env})`}`,
        ...(choices.length === 0 ? [] : [`one of: ${choices.join(', ')}`]),
      ].join('; '),
    ]),
  );
}

/** A list of terms, each with what it means. @param {readonly (readonly string[])[]} list */
function entries(list) {
  return list.flatMap(([term = '', meaning = '']) => ['.TP', `.B ${roff(term)}`, ...filled(meaning || term)]);
}

/** Text with its line breaks. @param {string} text */
function preformatted(text) {
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
