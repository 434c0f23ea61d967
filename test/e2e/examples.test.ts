import { EVERYDAY, triesExamples } from './support/examples.ts';

triesExamples(EVERYDAY);
