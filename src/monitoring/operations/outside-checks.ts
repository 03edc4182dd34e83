import type { SenderRecords } from '../ports.ts';
import type { DoctorCheck } from '../views.ts';
import { failed, passed, unchecked } from './doctor-check.ts';

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;

/** `answer`: who answers there when this machine asks. */
export function linksCheck(publicUrl: string, answer: 'answers' | 'other' | 'silent'): DoctorCheck {
  const name = 'links in mail';
  if (LOOPBACK.test(new URL(publicUrl).hostname)) {
    const detail = `they lead to ${publicUrl}, which for every reader is their own machine`;
    return failed(name, detail, 'Set PUBLIC_URL to the address under which readers reach this server.');
  }
  switch (answer) {
    case 'answers':
      return passed(name, `they lead to ${publicUrl}, where Linkwatch answers`);
    case 'other':
      return failed(
        name,
        `they lead to ${publicUrl}, where something else than Linkwatch answers`,
        'Check PUBLIC_URL, and where the proxy in front leads that address to.',
      );
    case 'silent':
      return failed(
        name,
        `they lead to ${publicUrl}, where nothing answers when this machine asks`,
        'Is `linkwatch start` running, and does the proxy in front lead there? Check PUBLIC_URL.',
      );
  }
}

/** What receivers look for before they trust a sender; null when no resolver answered. */
export function senderChecks(records: SenderRecords | null): readonly DoctorCheck[] {
  const name = 'sender’s domain';
  if (records === null) return [unchecked(name, 'not looked up: no resolver answered')];
  const { domain, hasSpf, hasDmarc, dkim } = records;
  const lacking = [
    ...(hasSpf ? [] : [`no SPF record (TXT v=spf1 at ${domain})`]),
    ...(hasDmarc ? [] : [`no DMARC record (TXT v=DMARC1 at _dmarc.${domain})`]),
    ...(dkim === 'missing' ? ['no public key for MAIL_DKIM_SELECTOR'] : []),
    ...(dkim === 'other_key' ? ['another public key for MAIL_DKIM_SELECTOR than that of MAIL_DKIM_PRIVATE_KEY'] : []),
  ];
  if (lacking.length > 0) {
    const remedy = 'Add it to the DNS: without it, more of the mail ends in spam.';
    return [failed(name, `the DNS of ${domain} has ${lacking.join(', and ')}`, remedy)];
  }
  return [passed(name, `SPF and DMARC of ${domain} are there${dkim === 'published' ? ', and the key of DKIM' : ''}`)];
}
