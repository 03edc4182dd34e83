import type { PageMessages } from './en.ts';

export const pageDe: PageMessages = {
  'page.intro': 'Die Social-Media-Konten von {tenant} in Constant Contact.',
  'page.looked': 'Linkwatch hat zuletzt am {moment} nachgesehen ({ago}).',
  'page.never_looked': 'Linkwatch hat noch nicht nachgesehen.',

  'page.summary.needs_you': {
    one: 'Eines Ihrer Social-Media-Konten benötigt Ihre Hilfe',
    other: '{count} Ihrer Social-Media-Konten benötigen Ihre Hilfe',
  },
  'page.summary.access': 'Linkwatch kann Ihre Social-Media-Konten derzeit nicht sehen',
  'page.summary.paused': 'Linkwatch beobachtet diese Social-Media-Konten derzeit nicht',
  'page.summary.not_yet': 'Linkwatch hat Ihre Social-Media-Konten noch nicht gesehen',
  'page.summary.empty': 'Mit Constant Contact ist kein Social-Media-Konto verbunden',
  'page.summary.well': 'Alle Ihre Social-Media-Konten funktionieren',
  'page.summary.no_need': 'Keines Ihrer Social-Media-Konten benötigt Ihre Hilfe',
  'page.paused':
    'Die Beobachtung ist angehalten: Linkwatch sieht nicht nach und schreibt niemandem. Falls Sie das nicht erwartet haben, schreiben Sie an {help}.',

  'page.label.broken': 'Benötigt Ihre Hilfe',
  'page.label.waiting': 'Abwarten',
  'page.label.unobserved': 'Nicht gesehen',
  'page.label.healthy': 'Funktioniert',
  'page.label.removed': 'Entfernt',
  'page.label.suspected': 'Wird noch geprüft',
  'page.suspected': 'Hier könnte etwas nicht stimmen. Linkwatch sieht noch einmal nach, bevor es Sie um etwas bittet.',
  'page.recovering': 'Es funktioniert. Linkwatch sieht zur Sicherheit noch einmal nach.',
  'page.wait': 'Sie brauchen nichts zu tun: Eine solche Begrenzung endet meist von selbst.',
  'page.check_failed':
    '{network} hat nicht geantwortet, als Constant Contact gefragt hat. Linkwatch sieht weiter nach.',
  'page.removed':
    'Dieses Konto ist nicht mehr mit Constant Contact verbunden. Falls das so gewollt ist, ist alles in Ordnung.',
  'page.last_seen': 'Linkwatch hat es zuletzt am {moment} gesehen.',
  'page.not_seen': 'Linkwatch hat es noch nicht gesehen.',
  'page.snoozed': 'Keine Erinnerungen daran bis {moment}.',
  'page.snoozed_until_fixed': 'Keine Erinnerungen daran, bis es funktioniert.',

  'page.note.unsubscribed': 'Sie haben die E-Mails abbestellt: Linkwatch schreibt Ihnen nicht zu diesen Konten.',
  'page.note.not_mine': 'Sie haben angegeben, dass diese Konten nicht Ihre sind: Linkwatch schreibt Ihnen nicht dazu.',
  'page.note.undeliverable':
    'E-Mails an {email} wurden als unzustellbar abgewiesen, daher schickt Linkwatch Ihnen keine.',
  'page.note.reminders_off': 'Sie erhalten keine Erinnerungen, weil Sie es so gewählt haben.',

  'page.nav': 'Was Sie außerdem tun können',
  'page.link.check': 'Ich habe neu verbunden: jetzt prüfen',
  'page.link.snooze': 'Eine Zeit lang keine Erinnerungen',
  'page.link.preferences': 'Sprache und Erinnerungen',
  'page.link.not_mine': 'Das sind nicht meine Konten',
  'page.link.unsubscribe': 'Diese E-Mails abbestellen',
  'page.link.return.unsubscribed': 'Ich möchte diese E-Mails doch erhalten',
  'page.link.return.not_mine': 'Es sind doch meine Konten',
  'page.link.return.undeliverable': 'Schreiben Sie mir wieder',
  'page.back': 'Zurück zu Ihren Social-Media-Konten',
  'page.save': 'Speichern',

  'page.check.heading': 'Jetzt prüfen?',
  'page.check.line':
    'Linkwatch fragt Constant Contact sofort nach den Social-Media-Konten von {tenant}; das kann einige Sekunden dauern. Danach sehen Sie hier, was es gefunden hat.',
  'page.check.button': 'Jetzt prüfen',

  'page.snooze.heading': 'Eine Zeit lang keine Erinnerungen',
  'page.snooze.owner': 'Das betrifft, was jetzt Ihre Hilfe benötigt, und gilt für alle, die daran erinnert werden.',
  'page.snooze.cc': 'Das betrifft, was jetzt Hilfe benötigt, und gilt nur für Sie.',
  'page.snooze.still': 'Sie hören trotzdem, wenn es wieder funktioniert und wenn etwas Schlimmeres geschieht.',
  'page.snooze.legend': 'Für wie lange?',
  'page.snooze.day': 'Einen Tag',
  'page.snooze.week': 'Eine Woche',
  'page.snooze.until_fixed': 'Bis es behoben ist',
  'page.snooze.ended': 'Gar nicht: bitte wieder erinnern',
  'page.snooze.nothing': 'Zurzeit benötigt nichts Ihre Hilfe, daher gibt es keine Erinnerungen.',

  'page.preferences.heading': 'Sprache und Erinnerungen',
  'page.preferences.language': 'Welche Sprache lesen Sie?',
  'page.preferences.default': 'Wie für das Konto eingestellt ({language})',
  'page.preferences.reminders': 'Wenn etwas länger nicht funktioniert',
  'page.preferences.on': 'Ab und zu daran erinnern',
  'page.preferences.off': 'Einmal Bescheid geben, ohne Erinnerungen',

  'page.not_mine.heading': 'Sind das nicht Ihre Konten?',
  'page.not_mine.line': 'Linkwatch wird nicht mehr zu den Social-Media-Konten von {tenant} an {email} schreiben.',
  'page.not_mine.operator':
    'Falls niemand sonst diese E-Mails erhält, erfahren es die Betreiber von Linkwatch, damit sie jemand anderen fragen können.',
  'page.not_mine.button': 'Es sind nicht meine Konten',

  'page.unsubscribe.heading': 'E-Mails abbestellen?',
  'page.unsubscribe.line':
    'Linkwatch wird nicht mehr an {email} schreiben, wenn eines der Social-Media-Konten von {tenant} Hilfe benötigt. Beiträge können dann ausbleiben, ohne dass Sie es erfahren.',
  'page.unsubscribe.button': 'Abbestellen',

  'page.return.heading': 'Möchten Sie diese E-Mails wieder erhalten?',
  'page.return.line':
    'Linkwatch wird wieder an {email} schreiben, wenn eines der Social-Media-Konten von {tenant} Ihre Hilfe benötigt.',
  'page.return.button': 'Ja, schreiben Sie mir',
  'page.return.already': 'Sie erhalten diese E-Mails bereits.',

  'page.expired.heading': 'Dieser Link ist abgelaufen',
  'page.expired.line': 'Neuere E-Mails von Linkwatch enthalten einen neueren Link.',
  'page.nowhere.heading': 'Dieser Link führt nirgendwohin',
  'page.nowhere.line':
    'Er ist vielleicht unvollständig oder gehört zu einem Konto, das Linkwatch nicht mehr beobachtet.',
  'page.help': 'Wenn Sie Hilfe brauchen, schreiben Sie an {help}.',
  'page.forged.heading': 'Es hat sich nichts geändert',
  'page.forged.line': 'Was gesendet wurde, kam nicht von unserer Seite, oder die Seite war zu lange geöffnet.',
  'page.forged.again': 'Die Seite noch einmal öffnen und dort die Schaltfläche drücken',

  'page.done.snoozed_day': 'Einen Tag lang keine Erinnerungen daran. Sie hören trotzdem, wenn es wieder funktioniert.',
  'page.done.snoozed_week':
    'Eine Woche lang keine Erinnerungen daran. Sie hören trotzdem, wenn es wieder funktioniert.',
  'page.done.snoozed_until_fixed': 'Keine Erinnerungen mehr daran. Sie hören trotzdem, wenn es wieder funktioniert.',
  'page.done.snoozed_ended': 'Linkwatch erinnert Sie wieder, solange etwas Ihre Hilfe benötigt.',
  'page.done.nothing_to_snooze': 'Zurzeit benötigt nichts Ihre Hilfe, daher gab es keine Erinnerung anzuhalten.',
  'page.done.unsubscribed':
    'Sie haben die E-Mails abbestellt. Linkwatch wird Ihnen zu diesen Social-Media-Konten nicht mehr schreiben.',
  'page.done.not_mine': 'Vielen Dank. Linkwatch wird Ihnen zu diesen Social-Media-Konten nicht mehr schreiben.',
  'page.done.returned': 'Linkwatch schreibt Ihnen wieder, wenn eines dieser Social-Media-Konten Ihre Hilfe benötigt.',
  'page.done.preferred': 'Ihre Wahl ist gespeichert.',
  'page.done.works': 'Linkwatch hat gerade nachgesehen: Alles funktioniert.',
  'page.done.works_so_far':
    'Linkwatch hat gerade nachgesehen: Es funktioniert. Zur Sicherheit sieht es nach {duration} noch einmal nach.',
  'page.done.needs_you':
    'Linkwatch hat gerade nachgesehen: Etwas benötigt noch immer Ihre Hilfe. Nach {duration} sieht es wieder nach.',
  'page.done.suspected':
    'Linkwatch hat gerade nachgesehen: Etwas könnte nicht stimmen. Nach {duration} sieht es noch einmal nach, bevor es Sie um etwas bittet.',
  'page.done.limited':
    'Linkwatch hat gerade nachgesehen: Nichts benötigt Ihre Hilfe, aber ein Netzwerk begrenzt derzeit Beiträge.',
  'page.done.unsure':
    'Constant Contact hat geantwortet, weiß aber nicht, wie es jedem Konto geht. Nach {duration} sieht Linkwatch noch einmal nach.',
  'page.done.no_answer':
    'Constant Contact hat nicht geantwortet, daher ist nichts Neues bekannt. Linkwatch versucht es von selbst weiter.',
  'page.done.still_asking':
    'Constant Contact hat noch nicht geantwortet. Öffnen Sie diese Seite in einer Minute noch einmal.',
  'page.done.used_up':
    'Linkwatch hat für heute keine Anfragen an Constant Contact mehr übrig und konnte nicht nachsehen. Von selbst geht es weiter: {moment}.',
  'page.done.asked_just_now':
    'Linkwatch hat vor weniger als einer Minute nachgesehen und es nicht noch einmal getan. Hier steht, was es gesehen hat; in einer Minute können Sie wieder fragen.',
  'page.done.paused':
    'Linkwatch hat nicht nachgesehen, weil die Beobachtung dieser Social-Media-Konten angehalten ist.',
  'page.done.access_lost':
    'Linkwatch konnte nicht nachsehen: Constant Contact lässt es diese Social-Media-Konten derzeit nicht sehen.',
};
