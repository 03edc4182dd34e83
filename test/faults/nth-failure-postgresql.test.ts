import { jest } from '@jest/globals';
import { nthFailureContract } from './nth-failure.contract.ts';

jest.setTimeout(600_000);

nthFailureContract('PostgreSQL', 'other third');
