import type { ConnectMessages } from './en.ts';

export const connectDe: ConnectMessages = {
  'subject.invitation': 'Erlauben Sie {brand}, die Social-Media-Konten von {tenant} zu prüfen',
  'invitation.heading': 'Bitte verbinden Sie Ihr Konto bei Constant Contact',
  'invitation.intro':
    '{brand} behält die Social-Media-Konten von {tenant} im Blick, die mit Constant Contact verbunden sind, und schreibt Ihnen, wenn eines davon nicht mehr funktioniert, bevor ein geplanter Beitrag ausfällt. Dafür wird Ihre Erlaubnis benötigt.',
  'invitation.how':
    'Die Schaltfläche öffnet eine Seite, die Sie zu Constant Contact weiterleitet. Melden Sie sich dort als Inhaber des Kontos an und erlauben Sie den Zugriff. Das dauert eine Minute, und wir sehen Ihr Passwort nie.',
  'invitation.scope':
    'Constant Contact wird fragen, ob wir Ihre Kampagnen verwenden dürfen, weil es dafür keine kleinere Erlaubnis gibt. Wir sehen nur nach, wie es Ihren Social-Media-Konten geht, und ändern nichts.',
  'invitation.button': 'Konto verbinden',
  'invitation.closing':
    'Der Link funktioniert einmal und 7 Tage lang. Wenn Sie diese Mail nicht erwartet haben, brauchen Sie nichts zu tun.',
  'invitation.why':
    'Sie erhalten diese Mail, weil uns diese Adresse von der Stelle genannt wurde, die das für Sie eingerichtet hat.',
  'access.connect.help':
    'Drücken Sie die Schaltfläche, melden Sie sich bei Constant Contact als Inhaber des Kontos an und erlauben Sie den Zugriff erneut. Das dauert eine Minute.',
  'access.connect.button': 'Erlaubnis erneuern',
  'connect.heading': 'Darf {brand} die Social-Media-Konten von {tenant} prüfen?',
  'connect.how':
    'Die Schaltfläche führt zu Constant Contact. Melden Sie sich dort als Inhaber des Kontos an und erlauben Sie den Zugriff. Danach kommen Sie hierher zurück.',
  'connect.button': 'Weiter zu Constant Contact',
  'connect.asks.heading': 'Ist das das richtige Konto?',
  'connect.asks.line':
    'Sie haben sich als {found} angemeldet, dieser Link ist aber von {tenant}. Bisher hat sich nichts geändert.',
  'connect.asks.other':
    'Das Konto, bei dem Sie sich angemeldet haben, wird bereits geprüft. Wenn Sie fortfahren, wird seine Erlaubnis erneuert.',
  'connect.asks.take': 'Ja, {found} verbinden',
  'connect.asks.again': 'Bei einem anderen Konto anmelden',
  'connect.nameless': 'ein Konto ohne Namen',
  'connect.done.heading': 'Danke, das Konto ist verbunden',
  'connect.done.line': '{brand} behält jetzt die Social-Media-Konten von {tenant} im Blick.',
  'connect.done.seen': {
    one: 'Ein erster Blick hat {count} Social-Media-Konto gefunden.',
    other: 'Ein erster Blick hat {count} Social-Media-Konten gefunden.',
  },
  'connect.done.broken':
    'Mindestens eines davon benötigt vielleicht Ihre Hilfe. Ihre Seite sagt, welches, und Sie erhalten eine Mail, sobald das sicher ist.',
  'connect.done.later': 'Der erste Blick darauf folgt bald.',
  'connect.denied.heading': 'Sie haben den Zugriff nicht erlaubt',
  'connect.denied.line': 'Es hat sich nichts geändert. Sie können es jederzeit noch einmal versuchen.',
  'connect.scopes.heading': 'Eine Erlaubnis fehlt',
  'connect.scopes.line':
    'Constant Contact hat nicht alles gegeben, was benötigt wird ({scopes}), daher hat sich nichts geändert. Bitte versuchen Sie es noch einmal und erlauben Sie alles. Wenn es wieder geschieht, schreiben Sie an {help}.',
  'connect.failed.heading': 'Das hat nicht geklappt',
  'connect.failed.line':
    'Constant Contact hat nicht wie erwartet geantwortet, daher hat sich nichts geändert. Bitte versuchen Sie es in einigen Minuten noch einmal. Wenn es wieder geschieht, schreiben Sie an {help}.',
  'connect.stale.heading': 'Bitte beginnen Sie noch einmal',
  'connect.stale.line':
    'Diese Antwort gehört zu keiner Seite, die in diesem Browser offen ist, oder die Seite war zu lange offen. Es hat sich nichts geändert. Öffnen Sie den Link in unserer Mail noch einmal.',
  'connect.again': 'Noch einmal versuchen',
  'connect.used.heading': 'Dieser Link wurde schon benutzt',
  'connect.used.line':
    'Damit oder mit einem neueren wurde das Konto verbunden, Sie brauchen also nichts zu tun. Jeder Link funktioniert einmal.',
  'connect.expired.line':
    'Ein solcher Link funktioniert einige Tage lang. Schreiben Sie an {help}, um einen neuen zu erhalten.',
};
