import { nthFailureContract } from './nth-failure.contract.ts';

nthFailureContract('PostgreSQL', 'other third');
