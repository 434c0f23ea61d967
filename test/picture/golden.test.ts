import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { renderSvg } from '../../src/picture/svg/svg.ts';
import { faultsOf } from './faults.ts';
import { picture } from './draw.ts';

const FOLDER = join(ROOT, 'topologies');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const CASES = FILES.flatMap((file) =>
  (['networks', 'devices'] as const).map((level) => [basename(file, '.yaml'), level] as const),
);

// After a change that is meant: `npx vitest run test/picture --update`, and look at the images.
test.each(CASES)('the picture of topologies/%s.yaml, level %s', async (name, level) => {
  const geometry = await picture(readFileSync(join(FOLDER, `${name}.yaml`), 'utf8'), level);
  expect(faultsOf(geometry)).toEqual([]);
  await expect(renderSvg(geometry)).toMatchFileSnapshot(join(ROOT, `test/picture/golden/${name}-${level}.svg`));
});
