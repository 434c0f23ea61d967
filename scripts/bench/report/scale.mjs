/**
 * Returns a logarithmic scale over the values: `at` gives the position between `from` and `to`, `ticks` the powers of
 * ten, and where there are few of them, 2 and 5 times each.
 * @param {readonly number[]} values @param {number} from @param {number} to
 */
export function logScale(values, from, to) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const inside = (/** @type {readonly number[]} */ steps) =>
    decades(least, most)
      .flatMap((power) => steps.map((step) => step * power))
      .filter((tick) => tick >= least / 1.01 && tick <= most * 1.01);
  const powers = inside([1]);
  const ticks = powers.length >= 3 ? powers : inside([1, 2, 5]);
  const span = Math.log(most / least) || 1;
  return { ticks, at: (/** @type {number} */ value) => from + (Math.log(value / least) / span) * (to - from) };
}

/** @param {number} least @param {number} most */
function decades(least, most) {
  const first = Math.floor(Math.log10(least));
  return Array.from({ length: Math.ceil(Math.log10(most)) - first + 1 }, (_, i) => 10 ** (first + i));
}

/** Returns positions in the same order, at least `gap` apart, as near to the given ones as that allows.
 * @param {readonly number[]} positions @param {number} gap @returns {number[]}
 */
export function spread(positions, gap) {
  const order = positions.map((_, index) => index).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  /** @type {{members: number[], middle: number}[]} */
  const groups = [];
  for (const index of order) {
    let group = { members: [index], middle: positions[index] ?? 0 };
    // A group that touches the one before it becomes one with it, around the mean of both.
    for (let last = groups.at(-1); last && bottom(last, gap) > top(group, gap); last = groups.at(-1)) {
      groups.pop();
      const members = [...last.members, ...group.members];
      group = { members, middle: members.reduce((sum, each) => sum + (positions[each] ?? 0), 0) / members.length };
    }
    groups.push(group);
  }
  /** @type {number[]} */
  const spreadOut = [];
  for (const group of groups) {
    group.members.forEach((index, at) => {
      spreadOut[index] = top(group, gap) + gap * (at + 0.5);
    });
  }
  return spreadOut;
}

/** @param {{members: number[], middle: number}} group @param {number} gap */
const top = ({ members, middle }, gap) => middle - (members.length * gap) / 2;
/** @param {{members: number[], middle: number}} group @param {number} gap */
const bottom = ({ members, middle }, gap) => middle + (members.length * gap) / 2;
