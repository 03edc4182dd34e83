import { boundariesContract } from './boundaries.contract.ts';

boundariesContract('PostgreSQL', 2);
