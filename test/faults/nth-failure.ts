import { ms } from '../support/domain-time.ts';
import type { TestDatabase } from '../support/store-fixtures.ts';
import { type Outside, outsideAt, type Process, processOver } from './fleet.ts';
import { moments, refreshedBefore, showTheRound } from './prepared-fleet.ts';
import { restoreRows } from './saved-rows.ts';
import { type StatementSeam, type Way, ways } from './statement-seam.ts';
import { doubled, textOf, truthOf } from './truth.ts';
import type { UseCase } from './use-cases.ts';

export type Bench = Readonly<{ database: TestDatabase; seam: StatementSeam }>;

/** Which failures are tried. `third`: of each third statement one way alone, in turn; `other third`: of those after them. */
export type Portion = 'all' | 'third' | 'other third';

export type Enumerated = Readonly<{
  /** How many statements the use case has. */
  statements: number;
  runs: number;
  /** Mails and events that were taken twice. */
  doubled: number;
  violations: readonly Violation[];
}>;

export type Violation = Readonly<{ nth: number; way: Way; statement: string; got: string; wanted: string }>;

/** Fails each statement of the use case in turn, until the use case ends before there is another one. */
export async function enumerateFailures(useCase: UseCase, bench: Bench, portion: Portion): Promise<Enumerated> {
  const wanted = (await runWithFailure(useCase, { nth: 0, way: 'refused', wanted: null }, bench)).truth;
  const violations: Violation[] = [];
  let [runs, doubles, isOver] = [0, 0, false];
  let nth = 0;
  while (!isOver) {
    nth += 1;
    for (const way of waysOf(nth, portion)) {
      const { failed, truth, doubled } = await runWithFailure(useCase, { nth, way, wanted }, bench);
      isOver = failed === null;
      if (failed === null) break;
      runs += 1;
      doubles += doubled;
      if (truth === wanted && doubled <= 1) continue;
      violations.push({ nth, way, statement: failed, wanted, got: `${truth}\ndoubled: ${doubled}` });
    }
  }
  return { statements: nth - 1, runs, doubled: doubles, violations };
}

function waysOf(nth: number, portion: Portion): readonly Way[] {
  if (portion === 'all') return ways;
  if (nth % 3 !== (portion === 'third' ? 0 : 1)) return [];
  return [nth % 2 === 0 ? 'refused' : 'answer lost'];
}

/** `wanted`: what the run comes to; it ends once that is so. */
type Failure = Readonly<{ nth: number; way: Way; wanted: string | null }>;

type Run = Readonly<{
  /** The statement that failed; null: there was no n-th. */
  failed: string | null;
  truth: string;
  doubled: number;
}>;

/** Runs a use case whose n-th statement fails, and then, with nothing failing, all that is left to be done. */
async function runWithFailure(useCase: UseCase, { nth, way, wanted }: Failure, bench: Bench): Promise<Run> {
  const { database, seam } = bench;
  await restoreRows(database.raw, useCase.from);
  const outside = outsideAt(moments[useCase.from], seam, refreshedBefore[useCase.from]);
  showTheRound(outside);
  const process = processOver(database, seam, outside);
  try {
    seam.arm(nth, way);
    const isDone = await outside.clock.run(useCase.run(process)).then(
      () => true,
      () => false,
    );
    const failed = seam.failed();
    seam.arm(0, way);
    // Whoever gave a command that failed gives it once more.
    if (!isDone) await outside.clock.run(useCase.run(process));
    const truth = await finish(process, outside, async () => textOf(await truthOf(database, process, outside)), wanted);
    return { failed, truth, doubled: doubled(outside) };
  } finally {
    await process.stores.close();
  }
}

/** By the first of these everything is due that the use cases leave behind, by the others every lease has ended. */
const afterwards = [ms('3m'), ms('8m'), ms('3m')];

async function finish(
  { work }: Process,
  { clock }: Outside,
  readTruth: () => Promise<string>,
  wanted: string | null,
): Promise<string> {
  let truth = '';
  for (const passed of afterwards) {
    await clock.advance(passed);
    await clock.run(work.round('due'));
    await clock.run(work.deliver());
    await clock.run(work.webhooks());
    truth = await readTruth();
    if (truth === wanted) break;
  }
  return truth;
}
