/**
 * Returns a Markdown table; each row is a list of cells.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * Returns a page in which the text between `<!-- generated: NAME -->` and `<!-- end: NAME -->` is replaced.
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
 * Returns a page, or JSON, as `npm run format` formats it.
 * @param {string} file where it is
 * @param {string} page
 * @param {'markdown' | 'json'} [parser]
 */
export async function formatted(file, page, parser = 'markdown') {
  // `setup.mjs` imports this file before any package is installed.
  const { format, resolveConfig } = await import('prettier');
  return await format(page, { ...(await resolveConfig(file)), parser });
}
