/** `npm run new:feature NAME`: the skeleton of a new Neutron concept. */
import { FEATURE, generate } from './lib/generate.mjs';
import { main } from './lib/say.mjs';

await main(() => {
  generate(FEATURE, process.argv[2]);
  return 0;
});
