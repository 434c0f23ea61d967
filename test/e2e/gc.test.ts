import { triesGc } from './support/gc.ts';
import { ownLabs } from './support/suite.ts';
import { example } from './support/topology.ts';

ownLabs();

triesGc('a topology whose file is lost', { make: () => example('e2e-gc'), beside: 'compute2' });
