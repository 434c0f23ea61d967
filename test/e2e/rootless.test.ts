import { againAsOrdinaryUser } from './support/rootless-files.ts';

againAsOrdinaryUser(['seed.test.ts']);
