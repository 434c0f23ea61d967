import { OTHERS, triesExamples } from './support/examples.ts';

triesExamples(OTHERS);
