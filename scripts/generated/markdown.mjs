/**
 * A table, each row a list of cells.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * A page with what stands between the markers of that name, `<!-- generated: NAME -->` and `<!-- end: NAME -->`,
 * replaced.
 * @param {string} page
 * @param {string} name
 * @param {string} text
 */
export function between(page, name, text) {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`a page lacks the markers ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

/**
 * A page in the house style, as `npm run format` would leave it.
 * @param {string} file where it is
 * @param {string} page
 */
export async function formatted(file, page) {
  // The set-up imports this file before it has installed any package.
  const { format, resolveConfig } = await import('prettier');
  return await format(page, { ...(await resolveConfig(file)), parser: 'markdown' });
}
