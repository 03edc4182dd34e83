import Sequencer from '@jest/test-sequencer';

const slowest = ['/test/e2e/', '/test/simulation/', '/test/faults/', '/test/fuzz/', '/test/adapters/'];

/**
 * In a fresh clone jest knows of no suite how long it takes, and begins with the largest files. The slowest suites are small
 * files that start many processes: begun last, they would be waited for at the end.
 */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ path }) {
  const rank = slowest.findIndex((folder) => path.includes(folder));
  return rank === -1 ? slowest.length : rank;
}
