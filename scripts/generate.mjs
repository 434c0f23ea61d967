/**
 * `npm run generate`: writes every generated file again (see lib/generated.mjs). With --check it writes nothing, and
 * exits 1 when one is stale. With --set-up it makes those that are not committed, if they are not fresh.
 */
import { join } from 'node:path';
import { compared, ensureGenerated, GENERATED, replace } from './lib/generated.mjs';
import { ROOT } from './lib/paths.mjs';
import { main, say } from './lib/say.mjs';

await main(async () => {
  const [mode] = process.argv.slice(2);
  if (mode === '--set-up') {
    for (const path of await ensureGenerated()) say(`made ${path}`);
    return 0;
  }
  let code = 0;
  for (const file of GENERATED) {
    const { content, fresh } = await compared(file);
    if (fresh) continue;
    if (mode === '--check') {
      process.stderr.write(`${file.path} is stale: run \`npm run generate\`\n`);
      code = 1;
    } else {
      replace(join(ROOT, file.path), content);
      say(`wrote ${file.path}`);
    }
  }
  return code;
});
