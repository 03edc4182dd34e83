import { boundariesContract } from './boundaries.contract.ts';

boundariesContract('SQLite', 1);
