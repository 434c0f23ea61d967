import { CASES, FIRST_OF_KIND } from './cases/index.ts';
import { lifeTests } from './life.ts';

lifeTests(CASES.filter((one) => !FIRST_OF_KIND.includes(one)));
