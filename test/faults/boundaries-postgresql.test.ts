import { jest } from '@jest/globals';
import { boundariesContract } from './boundaries.contract.ts';

jest.setTimeout(600_000);

boundariesContract('PostgreSQL', 2);
