import type { PageMessages } from './en.ts';

export const pageDe: PageMessages = {
  'access.reauthorize.help': 'Bitte schreiben Sie an {help}. Wir helfen Ihnen, die Erlaubnis zu erneuern.',

  'page.intro': '{brand} behält die Social-Media-Konten von {tenant} in Constant Contact im Blick.',
  'page.looked': 'Zuletzt geprüft am {moment} ({ago}).',
  'page.never_looked': 'Sie wurden noch nicht geprüft.',
  'page.summary.needs_you': {
    one: 'Eines Ihrer Social-Media-Konten benötigt Ihre Hilfe',
    other: '{count} Ihrer Social-Media-Konten benötigen Ihre Hilfe',
  },
  'page.summary.access': 'Wir können Ihre Social-Media-Konten derzeit nicht sehen',
  'page.summary.paused': 'Diese Social-Media-Konten werden derzeit nicht geprüft',
  'page.summary.not_yet': 'Ihre Social-Media-Konten wurden noch nicht geprüft',
  'page.summary.empty': 'Mit Constant Contact ist kein Social-Media-Konto verbunden',
  'page.summary.well': 'Alle Ihre Social-Media-Konten funktionieren',
  'page.summary.suspected': {
    one: 'Eines Ihrer Social-Media-Konten hat vielleicht ein Problem: Wir prüfen noch einmal',
    other: '{count} Ihrer Social-Media-Konten haben vielleicht ein Problem: Wir prüfen noch einmal',
  },
  'page.summary.unknown': {
    one: 'Wir wissen derzeit nicht, wie es einem Ihrer Social-Media-Konten geht',
    other: 'Wir wissen derzeit nicht, wie es {count} Ihrer Social-Media-Konten geht',
  },
  'page.paused':
    'Die Prüfung ist angehalten: Nichts wird geprüft, und niemand erhält E-Mails. Falls Sie das nicht erwartet haben, schreiben Sie an {help}.',
  'page.label.broken': 'Benötigt Ihre Hilfe',
  'page.label.waiting': 'Abwarten',
  'page.label.unobserved': 'Nicht geprüft',
  'page.label.healthy': 'Funktioniert',
  'page.label.removed': 'Entfernt',
  'page.label.suspected': 'Wird noch geprüft',
  'page.suspected': 'Hier könnte etwas nicht stimmen. Wir prüfen noch einmal, bevor wir Sie um etwas bitten.',
  'page.recovering': 'Es funktioniert. Zur Sicherheit prüfen wir noch einmal.',
  'page.wait': 'Sie müssen nichts tun. Eine solche Begrenzung endet meist von selbst.',
  'page.check_failed': '{network} hat nicht geantwortet, als Constant Contact gefragt hat. Wir prüfen weiter.',
  'page.removed':
    'Dieses Konto ist nicht mehr mit Constant Contact verbunden. Falls das so gewollt ist, ist alles in Ordnung.',
  'page.last_seen': 'Zuletzt geprüft am {moment}.',
  'page.not_seen': 'Noch nicht geprüft.',
  'page.snoozed': 'Keine Erinnerungen daran bis {moment}.',
  'page.snoozed_until_fixed': 'Keine Erinnerungen daran, bis es funktioniert.',
  'page.range': 'Konten {from} bis {to} von {total}',
  'page.previous': 'Vorherige Konten',
  'page.next': 'Weitere Konten',
  'page.list': 'Ihre Social-Media-Konten',
  'page.guest':
    'Diese Seite wurde an Sie weitergegeben, damit Sie sehen, wie es diesen Konten geht, und sie prüfen lassen können. Sonst können Sie nichts ändern.',
  'page.guest.only': 'Diese Seite kann nur angesehen werden',
  'page.guest.only.line':
    'Sie wurde an Sie weitergegeben, damit Sie sehen, wie es diesen Konten geht, und sie prüfen lassen können. Alles andere kann nur die Person tun, die die E-Mails erhält.',
  'page.note.unsubscribed': 'Sie haben die E-Mails abbestellt: Wir schreiben Ihnen nicht zu diesen Konten.',
  'page.note.not_mine': 'Sie haben angegeben, dass diese Konten nicht Ihre sind: Wir schreiben Ihnen nicht dazu.',
  'page.note.undeliverable': 'E-Mails an {email} konnten nicht zugestellt werden, daher schicken wir Ihnen keine.',
  'page.note.reminders_off': 'Sie erhalten keine Erinnerungen, weil Sie es so gewählt haben.',
  'page.nav': 'Was Sie außerdem tun können',
  'page.link.check': 'Ich habe neu verbunden: jetzt prüfen',
  'page.link.snooze': 'Erinnerungen aussetzen',
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
    'Wir fragen Constant Contact sofort nach den Social-Media-Konten von {tenant}. Das kann einige Sekunden dauern. Danach sehen Sie hier das Ergebnis.',
  'page.check.button': 'Jetzt prüfen',
  'page.snooze.heading': 'Erinnerungen aussetzen',
  'page.snooze.owner': 'Das betrifft, was jetzt Ihre Hilfe benötigt, und gilt für alle, die daran erinnert werden.',
  'page.snooze.cc': 'Das betrifft, was jetzt Hilfe benötigt, und gilt nur für Sie.',
  'page.snooze.still': 'Wir sagen Ihnen trotzdem, wenn es wieder funktioniert und wenn etwas Schlimmeres geschieht.',
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
  'page.not_mine.line': 'Wir schreiben nicht mehr zu den Social-Media-Konten von {tenant} an {email}.',
  'page.not_mine.operator':
    'Falls niemand sonst diese E-Mails erhält, erfährt es {brand}, damit jemand anderes gefragt werden kann.',
  'page.not_mine.button': 'Es sind nicht meine Konten',
  'page.unsubscribe.heading': 'E-Mails abbestellen?',
  'page.unsubscribe.line':
    'Wir schreiben nicht mehr an {email}, wenn eines der Social-Media-Konten von {tenant} Hilfe benötigt. Beiträge können dann ausbleiben, ohne dass Sie es erfahren.',
  'page.unsubscribe.button': 'Abbestellen',
  'page.return.heading': 'Möchten Sie diese E-Mails wieder erhalten?',
  'page.return.line':
    'Wir schreiben wieder an {email}, wenn eines der Social-Media-Konten von {tenant} Ihre Hilfe benötigt.',
  'page.return.button': 'Ja, schreiben Sie mir',
  'page.return.already': 'Sie erhalten diese E-Mails bereits.',
  'page.expired.heading': 'Dieser Link ist abgelaufen',
  'page.expired.line': 'Neuere E-Mails von {brand} enthalten einen neueren Link.',
  'page.nowhere.heading': 'Dieser Link führt nirgendwohin',
  'page.nowhere.line': 'Er ist vielleicht unvollständig oder gehört zu einem Konto, das hier nicht mehr betreut wird.',
  'page.help': 'Wenn Sie Hilfe brauchen, schreiben Sie an {help}.',
  'page.forged.heading': 'Es hat sich nichts geändert',
  'page.forged.line': 'Was gesendet wurde, kam nicht von unserer Seite, oder die Seite war zu lange geöffnet.',
  'page.forged.again': 'Die Seite noch einmal öffnen und dort die Schaltfläche drücken',

  'page.trouble.away': 'Diese Seite lässt sich gerade nicht anzeigen',
  'page.trouble.failed': 'Hier ist etwas schiefgegangen, und es liegt nicht an Ihnen',
  'page.trouble.line': 'Bitte versuchen Sie es in einigen Minuten noch einmal. Es ist nichts verloren gegangen.',
  'page.trouble.form':
    'Was Sie wollten, ist vielleicht noch nicht erledigt. Sie können es noch einmal tun: Zweimal schadet nicht.',
  'page.trouble.again': 'Noch einmal versuchen',

  'page.done.snoozed_day':
    'Einen Tag lang keine Erinnerungen daran. Wir sagen Ihnen trotzdem, wenn es wieder funktioniert.',
  'page.done.snoozed_week':
    'Eine Woche lang keine Erinnerungen daran. Wir sagen Ihnen trotzdem, wenn es wieder funktioniert.',
  'page.done.snoozed_until_fixed':
    'Keine Erinnerungen mehr daran. Wir sagen Ihnen trotzdem, wenn es wieder funktioniert.',
  'page.done.snoozed_ended': 'Wir erinnern Sie wieder, solange etwas Ihre Hilfe benötigt.',
  'page.done.nothing_to_snooze': 'Zurzeit benötigt nichts Ihre Hilfe, daher gab es keine Erinnerung auszusetzen.',
  'page.done.unsubscribed':
    'Sie haben die E-Mails abbestellt. Wir schreiben Ihnen zu diesen Social-Media-Konten nicht mehr.',
  'page.done.not_mine': 'Vielen Dank. Wir schreiben Ihnen zu diesen Social-Media-Konten nicht mehr.',
  'page.done.returned': 'Wir schreiben Ihnen wieder, wenn eines dieser Social-Media-Konten Ihre Hilfe benötigt.',
  'page.done.preferred': 'Ihre Wahl ist gespeichert.',
  'page.done.works': 'Wir haben gerade geprüft: Alles funktioniert.',
  'page.done.works_so_far':
    'Wir haben gerade geprüft: Es funktioniert. Zur Sicherheit prüfen wir in {duration} noch einmal.',
  'page.done.needs_you':
    'Wir haben gerade geprüft: Etwas benötigt noch immer Ihre Hilfe. In {duration} prüfen wir wieder.',
  'page.done.suspected':
    'Wir haben gerade geprüft: Etwas könnte nicht stimmen. In {duration} prüfen wir noch einmal, bevor wir Sie um etwas bitten.',
  'page.done.limited':
    'Wir haben gerade geprüft: Nichts benötigt Ihre Hilfe, aber ein Netzwerk begrenzt derzeit Beiträge.',
  'page.done.unsure':
    'Constant Contact hat geantwortet, kann aber nicht von jedem Konto sagen, wie es ihm geht. In {duration} prüfen wir noch einmal.',
  'page.done.no_answer':
    'Constant Contact hat nicht geantwortet, daher wissen wir nichts Neues. Wir versuchen es weiter.',
  'page.done.still_asking':
    'Constant Contact hat noch nicht geantwortet. Öffnen Sie diese Seite in einer Minute noch einmal.',
  'page.done.used_up':
    'Unsere Anfragen an Constant Contact sind für heute aufgebraucht, daher konnten wir nicht prüfen. Von selbst geht es weiter: {moment}.',
  'page.done.asked_just_now':
    'Wir haben vor weniger als einer Minute geprüft und es nicht noch einmal getan. Hier steht das Ergebnis; in einer Minute können Sie wieder fragen.',
  'page.done.paused': 'Wir haben nicht geprüft, weil die Prüfung dieser Social-Media-Konten angehalten ist.',
  'page.done.access_lost':
    'Wir konnten nicht prüfen: Constant Contact lässt uns diese Social-Media-Konten derzeit nicht sehen.',
};
