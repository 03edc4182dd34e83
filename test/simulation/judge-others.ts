import { HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import { isWeather } from './plan.ts';
import { SOON_MS, UNDER_WAY_MS } from './promises.ts';
import { receiverUrls } from './receivers.ts';
import { clockText, type Span, type View } from './view.ts';

/** Who gets mail at all, what the operator and other programs are told, and what is left. Each violation as a line. */
export function wrongThings(view: View): readonly string[] {
  const { evidence } = view;
  return [
    ...evidence.faults,
    ...evidence.left.map((line) => `at the end, ${line}`),
    ...strangers(view),
    ...falseOutages(view),
    ...Object.values(receiverUrls).flatMap((url) => eventsOf(view, url)),
  ];
}

function strangers(view: View): readonly string[] {
  return view.firsts.flatMap(({ to, tenantId, kind, at }) => {
    const isRight = tenantId === null ? to.startsWith('operator@') : isReader(view, { address: to, tenantId, at });
    return isRight ? [] : [`${to} got a ${kind} of ${tenantId ?? 'the operator'} ${clockText(at)}`];
  });
}

type Reading = Readonly<{ address: string; tenantId: string; at: Instant }>;

/** A mail may be under way to somebody who has just left. */
function isReader(view: View, { address, tenantId, at }: Reading): boolean {
  const reader = view.readers(tenantId).find((one) => one.address === address);
  if (reader === undefined || at < reader.from) return false;
  return at <= reader.to || view.calmWithin({ from: reader.to, to: at }) < UNDER_WAY_MS;
}

/** A mail comes again only where its answer may have been lost: the same mail, with its Message-ID. */
export function doubledCopies({ evidence, calmWithin }: View): readonly string[] {
  return [...Map.groupBy(evidence.mails, ({ messageId }) => messageId).values()].flatMap((copies) =>
    copies.flatMap(({ at, kind, to }, index) => {
      const before = copies[index - 1];
      if (before === undefined) return [];
      const span = { from: before.at - UNDER_WAY_MS, to: at };
      return calmWithin(span) < span.to - span.from ? [] : [`${to} got the ${kind} of ${clockText(at)} twice`];
    }),
  );
}

/** How long a mail that waits, or of which nobody knows whether it arrived, takes to come when nothing keeps it back. */
const LATE_MS = SOON_MS + 8 * HOUR_MS;

/** The operator hears of an outage when Constant Contact fails, or our way to it; later where the mail server fails, too. */
function falseOutages({ firsts, plan }: View): readonly string[] {
  const weather = plan.happenings.filter(isWeather);
  const [bad, mail] = (['upstream', 'mail'] as const).map((wanted) => weather.filter(({ place }) => place === wanted));
  const mayComeUntil = ({ from, to }: Span) => {
    const meanwhile = (mail ?? []).filter((each) => each.from <= to + LATE_MS && each.to >= from);
    return Math.max(to, ...meanwhile.map((each) => each.to)) + LATE_MS;
  };
  return firsts
    .filter(({ about }) => about === 'outage_began')
    .filter(({ at }) => !(bad ?? []).some((outage) => outage.from <= at && at <= mayComeUntil(outage)))
    .map(({ at }) => `the operator was told ${clockText(at)} of an outage, and there was none`);
}

/** Every event reaches its receivers, those of a tenant in their order. */
function eventsOf({ evidence: { feed, takenEvents }, plan }: View, url: string): readonly string[] {
  const own = url === receiverUrls.all ? feed : feed.filter(({ tenantId }) => tenantId === plan.tenants[0]?.id);
  const taken = takenEvents.filter(({ receiver }) => receiver === url).map(({ eventId }) => eventId);
  const firsts = [...new Set(taken)];
  const placeOf = new Map(firsts.map((id, index) => [id, index]));
  const missing = own.filter(({ id }) => !placeOf.has(id)).map(({ id }) => `the event ${id} never came to ${url}`);
  const disordered = [...Map.groupBy(own, ({ tenantId }) => tenantId).values()].flatMap((events) => {
    const places = events.flatMap(({ id }) => placeOf.get(id) ?? []);
    const isSorted = places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
    return isSorted ? [] : [`events of ${events[0]?.tenantId} came to ${url} in another order`];
  });
  return [...missing.slice(0, 3), ...disordered];
}
