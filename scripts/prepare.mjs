/** What a script that needs the built program runs first (`npm run bench`): installs what is missing, and builds. */
import { main } from './lib/say.mjs';
import { ensureBuilt, ensureInstalled } from './lib/setup.mjs';

await main(async () => {
  await ensureInstalled(['run', 'lab']);
  await ensureBuilt();
  return 0;
});
