import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { typedLine } from '../../src/model/command-line.ts';

const SRC = path.resolve('src');

/** A command for a user to type, in which a name is pasted. */
const PASTED = new RegExp(
  '`[^`]*\\b(?:ip (?:addr|link|neigh|netns|route)|ovs-(?:vsctl|dpctl|ofctl)|bridge fdb|tc qdisc|iw dev|nsenter) ' +
    '[^`]*\\$\\{',
);

test('a name is quoted in a command that a user is told to type: guests and containers name devices too', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(?:kinds|kernel)\/.*\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) =>
    readFileSync(path.join(SRC, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (PASTED.test(line) ? [`${file}:${String(index + 1)}`] : [])),
  );
  expect(found).toEqual([]);
  expect(PASTED.test('hint: `on ${node}: ip link del dev ${device}`')).toBe(true);
  expect(typedLine('ip', 'link', 'del', 'dev', 'a;reboot')).toBe("ip link del dev 'a;reboot'");
});
