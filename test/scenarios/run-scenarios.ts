/**
 * `npm run scenarios [-- --json]`: every story told by Linkwatch and by a naive policy, and how well each did. Ends
 * with 1 when Linkwatch missed, doubled or invented anything, or was late.
 */
import { corpus } from './corpus.ts';
import { judgeAll } from './judge.ts';
import { isPerfect } from './score.ts';
import { scoreboardJson, scoreboardText } from './scoreboard.ts';

const judged = await judgeAll(corpus);
console.log(process.argv.includes('--json') ? scoreboardJson(judged) : scoreboardText(judged, corpus));
process.exitCode = judged.every(({ isExact, linkwatch }) => isExact && isPerfect(linkwatch)) ? 0 : 1;
