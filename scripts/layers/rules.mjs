import { FOLDERS } from './folders.mjs';

/**
 * @typedef {import('./folders.mjs').Layer} Layer
 * @typedef {import('dependency-cruiser').IRegularForbiddenRuleType} Rule
 */

/**
 * Returns one rule. Its comment says what to do instead and is printed with the violation.
 * @param {string} name
 * @param {string} comment
 * @param {Rule['from']} from
 * @param {Rule['to']} to
 * @returns {Rule}
 */
export function forbid(name, comment, from, to) {
  return { name, severity: 'error', comment, from, to };
}

/**
 * Returns the pattern of the paths that an entry of the table means.
 * @param {string} entry a folder, a module, or a path with `*` for one name
 */
export function pathOf(entry) {
  const escaped = entry.replaceAll('.', '\\.').replaceAll('*', '[^/]+');
  return `^src/${escaped}${entry.endsWith('.ts') ? '$' : '/'}`;
}

/** The folders whose functions touch no file and run no program. */
export const PURE = FOLDERS.filter(({ pure }) => pure === true).map(({ folder }) => pathOf(folder));

/** Every row of the table as rules. An import that a row does not allow breaks exactly one rule. */
export const LAYER_RULES = [...FOLDERS.flatMap(rulesOf), ...guardsOf(FOLDERS)];

/** @param {Layer} layer @returns {Rule[]} */
function rulesOf({ folder, knows, knowsTypesOf = [], never = [], rule, instead }) {
  const from = { path: pathOf(folder) };
  const known = [folder, ...knows].map(pathOf);
  const types = knowsTypesOf.map(pathOf);
  const better = never.flatMap(({ folders }) => folders);
  const guarded = FOLDERS.filter((other) => other.guarded !== undefined).map((other) => other.folder);
  return [
    forbid(rule, instead, from, {
      path: '^src/',
      pathNot: [...known, ...types, ...[...better, ...guarded].map(pathOf)],
    }),
    ...(types.length === 0
      ? []
      : [forbid(rule, instead, from, { path: types, pathNot: known, dependencyTypesNot: ['type-only'] })]),
    ...never.map((each) => forbid(each.rule, each.instead, from, { path: each.folders.map(pathOf), pathNot: known })),
  ];
}

/** @param {readonly Layer[]} layers @returns {Rule[]} */
function guardsOf(layers) {
  return layers.flatMap(({ folder, guarded }) => {
    if (guarded === undefined) return [];
    const allowed = layers.filter(({ folder: other, knows, knowsTypesOf = [] }) =>
      [other, ...knows, ...knowsTypesOf].includes(folder),
    );
    const from = { path: '^src/', pathNot: allowed.map((each) => pathOf(each.folder)) };
    return [forbid(guarded.rule, guarded.instead, from, { path: pathOf(folder) })];
  });
}
