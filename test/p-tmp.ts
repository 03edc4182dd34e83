import { tell } from './support/domain-simulation.ts';
import * as h from './support/domain-happenings.ts';
const two = (one: object, other: object) => h.shows({ facebook: one, instagram: other });
const r = tell({ script: [['0s', two(h.fine,h.fine)],['30m', two(h.broken,h.broken)],['2d', h.mailServerWill('defer')],['2d1h30m', two(h.broken,h.fine)], ['2d2h3m', h.mailServerWill('accept')], ['2d2h14m', two(h.broken,h.unanswered)], ['2d4h30m', two(h.broken,h.broken)]], until: '15d' });
console.log(r.mail, r.decisions);
