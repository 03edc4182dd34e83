/**
 * What a server that refuses a mail for good speaks of: us who send the mail, the reader's mailbox, or this mail alone.
 */
export type Refused = 'us' | 'mailbox' | 'message';

/** Rules of a recipient about who may write to that recipient (Exchange): no address is wrong, and neither are we. */
const readersRule = /RESOLVER\.RST\.|delivery to this (address|recipient) is restricted/i;
const readersRuleCode = /^5\.7\.(2|12|13\d|124|129)$/;

/**
 * Our address. A server that checks a sender quotes "no such user" about the sender, so these words are looked for
 * first.
 */
const ourSender = new RegExp(
  [
    'bad ?mail ?from|return.path',
    'sender( e-?mail)?( address| domain| verify| verification)?( is| was| has been)? ?(rejected|denied|refused|blocked|failed|invalid|unknown|not)',
    '(invalid|unknown|bad|banned|blocked|forged|unverified|domain of|envelope) (envelope )?sender|verification failed for',
  ].join('|'),
  'i',
);

const mailbox = new RegExp(
  [
    '(no such|unknown|invalid|non-?existent|not a valid|no valid) (local )?(user|recipient|mailbox|person|account|address)(?! (is )?over)',
    '(user|recipient|mailbox|account|addressee|person)( name| address)?( .{0,80}?)?( is| was| are)? ?(unknown|not found|unavailable|not available|disabled|inactive|does not exist|invalid|not known|no longer)',
    "(account|mailbox|user|recipient|address).{0,60}(does ?n[o'’]?t (exist|have an? .{0,40}account)|is disabled)",
    'no mailbox here|unrouteable address|undeliverable address|does not like recipient',
  ].join('|'),
  'i',
);

/** Relaying, login, our host, our signatures and what is thought of us. */
const us = new RegExp(
  [
    String.raw`\b(relay(ing)?|gatewaying)\b(?! recipient table)|rcpthosts`,
    String.raw`\bauthenticat|\blog ?in (first|required)|smtp auth|not permitted to send|permissions? to send`,
    String.raw`client host|\bhelo\b|\behlo\b|\byour (ip|host|server|network|domain|address|isp|reverse)|\b(sending|banned) (ip|domain|host)`,
    String.raw`black ?-?list|block ?-?list|deny ?-?list|\b(rbl|dnsbl|spamhaus|spamcop|barracuda|sorbs)\b|blocked using|reputation`,
    String.raw`\b(spf|dkim|dmarc|ptr|rdns)\b|reverse dns|will not be accepted from|not accepted from`,
    'policy reasons|administrative prohibition|too many (messages|connections|recipients)|rate limit|unusual rate',
  ].join('|'),
  'i',
);

const content = /\bspam\b|unsolicited|virus|malware|phish|content|attachment|\bjunk\b|message size|too large/i;

/**
 * Only words or a code that speak of the mailbox count against an address; a policy that is not explained is about us.
 */
export function refusedBy(said: string): Refused {
  const words = inOneLine(said);
  // Not within an IP address such as 5.1.1.9.
  const code = /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/.exec(words)?.[0] ?? '';
  if (readersRule.test(words) || readersRuleCode.test(code)) return 'message';
  if (ourSender.test(words) || code === '5.1.7' || code === '5.1.8') return 'us';
  if (code === '5.2.2' || /over ?quota|\bfull\b/i.test(words)) return 'message';
  // Microsoft 365 words an unknown recipient so, with 5.4.1.
  if (code === '5.4.1' && /recipient address rejected/i.test(words)) return 'mailbox';
  if (mailbox.test(words)) return 'mailbox';
  if (us.test(words)) return 'us';
  if (code.startsWith('5.1.')) return 'mailbox';
  if (content.test(words)) return 'message';
  return code.startsWith('5.7.') ? 'us' : 'message';
}

/** Without the codes that each line of a reply begins with, but for the first ones. */
function inOneLine(said: string): string {
  const [first = '', ...rest] = said.split(/[\r\n]+/);
  const others = rest.map((line) => line.replace(/^\d{3}[ -](\d\.\d{1,3}\.\d{1,3}\b)?/, ''));
  return [first, ...others].join(' ').replace(/\s+/g, ' ');
}
