import { nthFailureContract } from './nth-failure.contract.ts';

nthFailureContract('SQLite', 'third');
