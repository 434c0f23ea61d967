/** `npm run new:kind NAME`: the skeleton of a new kind of kernel object. */
import { generate, KIND } from './lib/generate.mjs';
import { main } from './lib/say.mjs';

await main(() => {
  generate(KIND, process.argv[2]);
  return 0;
});
