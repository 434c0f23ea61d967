import type { Family } from './family.ts';

export const FILE = {
  title: 'Reading the file',
  codes: {
    NL001: ['error', 'The file cannot be read.'],
    NL002: ['error', 'The path is a directory.'],
    NL003: ['error', 'The file is larger than netloom reads.'],
    NL004: ['error', 'The file is not UTF-8.'],
    NL005: ['error', 'A file that the topology names cannot be read.'],
    NL006: ['error', 'A file that the topology names is outside the folder of the topology.'],
    NL007: ['error', 'A path that the topology names does not lead to a regular file.'],
    NL008: ['error', 'The files that the topology names are too large, too many, or nested too deeply.'],
    NL009: ['error', 'Files include each other in a circle, or a file is included twice.'],
  },
} as const satisfies Family;

export const YAML = {
  title: 'YAML',
  codes: {
    NL010: ['error', 'The file has a YAML syntax error.'],
    NL011: ['error', 'A line is indented with a tab.'],
    NL012: ['error', 'A space outside quotes is not an ASCII space.'],
    NL013: ['error', 'A mapping has the same key twice.'],
    NL014: ['error', 'An alias has no anchor before it, or is inside its own anchor.'],
    NL015: ['error', 'The aliases of the file expand to too many values.'],
    NL016: ['error', 'The file has more than one YAML document.'],
    NL017: ['error', 'The file holds no mapping: it is empty, a list or a single value.'],
    NL018: ['error', 'A key is not a string.'],
    NL019: ['error', 'Values are nested too deeply.'],
    NL020: ['error', 'A value has a YAML tag, and tags are not supported.'],
    NL021: ['error', 'The value of a merge key (`<<`) is neither a mapping nor a list of mappings.'],
    NL022: ['error', 'Two files of one topology have the same key.'],
    NL023: ['error', 'An included file is not named `.yaml`, `.yml` or `.json`.'],
    NL024: ['error', 'The file has more lines, or a mapping or list has more entries, than netloom reads.'],
    NL025: ['info', 'There are more problems than are shown.'],
  },
} as const satisfies Family;

export const SHAPE = {
  title: 'The shape of the file',
  about: 'The shape is that of `schemas/topology.schema.json`.',
  codes: {
    NL101: ['error', 'The schema has no such property here.'],
    NL102: ['error', 'A required property is missing.'],
    NL103: ['error', 'A value has the wrong type.'],
    NL104: ['error', 'A value is not one of those that the property allows.'],
    NL105: ['error', 'A number is out of range.'],
    NL106: ['error', 'A name contains a character that names cannot have, or is too long.'],
    NL107: ['error', 'A value does not have the form that its property requires.'],
    NL108: ['error', 'A value is not an IPv4 address.'],
    NL109: ['error', 'A value is not an IPv4 address with prefix length.'],
    NL110: ['error', 'An IPv4 address has leading zeros, which some programs read as octal.'],
    NL111: ['error', 'An IPv6 address is given where netloom supports only IPv4.'],
    NL112: ['error', 'A MAC address is malformed, not in its canonical form, or not a unicast address.'],
    NL113: ['error', 'A UUID is malformed or not in its canonical form.'],
    NL114: ['error', 'The kernel does not allow a network device of this name, or reserves the name.'],
    NL115: ['error', 'A list is empty and needs at least one item.'],
    NL116: ['error', 'A section has too many entries.'],
  },
} as const satisfies Family;
