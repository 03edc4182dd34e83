import type { Messages } from './en.ts';

export const de: Messages = {
  colon: ':',
  'account.unnamed': 'Konto {accountId}',
  'network.unnamed': 'Soziales Netzwerk',
  'tenant.unnamed': 'Ihrem Konto',

  'subject.reconnect': 'Bitte {network} ({account}) neu verbinden, damit Beiträge erscheinen',
  'subject.choose_profile': 'Bitte Seite oder Profil für {network} ({account}) wählen, damit Beiträge erscheinen',
  'subject.wait': '{network} ({account}) begrenzt derzeit Beiträge: nichts zu tun',
  'subject.wait.several': {
    one: '{count} Social-Media-Konto von {tenant} ist derzeit begrenzt: nichts zu tun',
    other: '{count} Social-Media-Konten von {tenant} sind derzeit begrenzt: nichts zu tun',
  },
  'subject.several': {
    one: '{count} Social-Media-Konto von {tenant} benötigt Ihre Hilfe',
    other: '{count} Social-Media-Konten von {tenant} benötigen Ihre Hilfe',
  },
  'subject.reminder': 'Erinnerung: {subject}',
  'subject.recovered': '{network} ({account}) funktioniert wieder',
  'subject.recovered.several': {
    one: '{count} Social-Media-Konto von {tenant} funktioniert wieder',
    other: '{count} Social-Media-Konten von {tenant} funktionieren wieder',
  },
  'subject.flapping': '{network} ({account}) funktioniert nur mit Unterbrechungen',
  'subject.flapping.several': {
    one: '{count} Social-Media-Konto von {tenant} funktioniert nur mit Unterbrechungen',
    other: '{count} Social-Media-Konten von {tenant} funktionieren nur mit Unterbrechungen',
  },
  'subject.removed': '{network} ({account}) ist in Constant Contact nicht mehr verbunden',
  'subject.removed.several': {
    one: '{count} Social-Media-Konto von {tenant} ist in Constant Contact nicht mehr verbunden',
    other: '{count} Social-Media-Konten von {tenant} sind in Constant Contact nicht mehr verbunden',
  },
  'subject.reauthorize': 'Linkwatch benötigt erneut die Erlaubnis von {tenant}',
  'subject.privileges': 'Linkwatch darf die Social-Media-Konten von {tenant} nicht mehr ansehen',
  'subject.access_recovered': 'Linkwatch kann die Social-Media-Konten von {tenant} wieder sehen',

  'alert.heading.reconnect': '{network} muss neu verbunden werden',
  'alert.heading.choose_profile': 'Für {network} fehlt eine Seite oder ein Profil',
  'alert.heading.wait': '{network} begrenzt derzeit Beiträge',
  'alert.heading.several': {
    one: '{count} Social-Media-Konto benötigt Ihre Hilfe',
    other: '{count} Social-Media-Konten benötigen Ihre Hilfe',
  },
  'alert.heading.wait.several': {
    one: '{count} Social-Media-Konto ist derzeit begrenzt',
    other: '{count} Social-Media-Konten sind derzeit begrenzt',
  },
  'alert.intro.reconnect':
    'Constant Contact hat die Verbindung zu einem der Social-Media-Konten von {tenant} verloren. Nur ein Mensch kann sie wiederherstellen; das dauert wenige Minuten.',
  'alert.intro.choose_profile':
    'Eines der Social-Media-Konten von {tenant} ist mit Constant Contact verbunden, hat aber keine Seite und kein Profil für Beiträge. Nur ein Mensch kann dies auswählen; das dauert wenige Minuten.',
  'alert.intro.several':
    'Constant Contact kann auf einigen Social-Media-Konten von {tenant} keine Beiträge veröffentlichen. Nur ein Mensch kann das beheben; es dauert wenige Minuten.',
  'alert.intro.wait':
    'Sie brauchen nichts zu tun. Wir möchten nur, dass Sie wissen, warum Beiträge später erscheinen können.',
  'alert.intro.baseline':
    'Linkwatch beobachtet ab jetzt die Social-Media-Konten von {tenant} in Constant Contact und hat dies gleich zu Beginn festgestellt.',
  'alert.intro.settled_broken':
    'Nachdem die Verbindung immer wieder unterbrochen war, besteht die Störung nun seit Stunden. Von selbst wird sie kaum enden.',
  'alert.closing':
    'Sobald es wieder funktioniert, bemerkt Linkwatch das von selbst und schickt Ihnen eine kurze Nachricht.',
  'alert.closing.wait':
    'Eine solche Begrenzung endet meist von selbst. Linkwatch beobachtet weiter und schickt Ihnen dann eine kurze Nachricht.',

  'reminder.heading.reconnect': '{network} muss noch immer neu verbunden werden',
  'reminder.heading.choose_profile': 'Für {network} fehlt noch immer eine Seite oder ein Profil',
  'reminder.heading.several': {
    one: '{count} Social-Media-Konto benötigt noch immer Ihre Hilfe',
    other: '{count} Social-Media-Konten benötigen noch immer Ihre Hilfe',
  },
  'reminder.intro':
    'Das dauert nun schon {duration} an. Constant Contact kann dort noch immer keine Beiträge von {tenant} veröffentlichen.',
  'reminder.last':
    'Dies ist die letzte Erinnerung: Linkwatch schreibt Ihnen dazu erst wieder, wenn es funktioniert. Bis dahin beobachtet es weiter und schickt Ihnen dann eine kurze Nachricht.',

  'problem.token_missing': 'Constant Contact hat keine Berechtigung mehr, dieses Konto zu nutzen.',
  'problem.token_invalid':
    '{network} erkennt die Berechtigung nicht mehr an, die Constant Contact für dieses Konto hat.',
  'problem.scopes_missing': 'Constant Contact fehlen einige der Berechtigungen, die es für dieses Konto braucht.',
  'problem.no_profile': 'Das Konto ist verbunden, aber für Beiträge ist weder eine Seite noch ein Profil ausgewählt.',
  'problem.rate_limited':
    '{network} begrenzt, wie viel veröffentlicht werden darf, entweder für dieses Konto oder für Constant Contact insgesamt.',
  'problem.other': 'Constant Contact meldet ein Problem mit diesem Konto.',
  'problem.since': 'Seit {moment} ({ago}).',
  'problem.baseline': 'Festgestellt am {moment}; es kann schon länger so sein.',
  'problem.effect.reconnect': 'Geplante Beiträge erscheinen dort nicht, bis das Konto neu verbunden ist.',
  'problem.effect.choose_profile': 'Geplante Beiträge erscheinen dort nicht, bis eine Auswahl getroffen ist.',
  'problem.effect.wait': 'Geplante Beiträge erscheinen dort möglicherweise nicht, bis die Begrenzung aufgehoben ist.',
  'problem.effect.none': 'Geplante Beiträge erscheinen dort möglicherweise nicht.',

  'button.reconnect': 'In Constant Contact neu verbinden',
  'button.choose_profile': 'In Constant Contact auswählen',
  'button.several': 'Constant Contact öffnen',
  'link.check.reconnect': 'Ich habe neu verbunden: jetzt prüfen',
  'link.check.done': 'Es ist erledigt: jetzt prüfen',
  'link.snooze': 'Später erinnern',
  'steps.title': 'Was zu tun ist',
  'step.sign_in': 'Melden Sie sich bei Constant Contact an.',
  'step.open_settings': 'Öffnen Sie die Einstellungen Ihrer Social-Media-Konten.',
  'step.reconnect':
    'Verbinden Sie {network} als {account} neu. Melden Sie sich bei {network} als die Person an, die dieses Konto verwaltet, und erteilen Sie alle Berechtigungen, nach denen gefragt wird.',
  'step.choose_profile':
    'Für {network}, {account}: Wählen Sie die Seite oder das Profil, auf dem Ihre Beiträge erscheinen sollen.',
  'step.connect':
    'Verbinden Sie {network} wieder als {account}. Melden Sie sich bei {network} als die Person an, die dieses Konto verwaltet, und erteilen Sie alle Berechtigungen, nach denen gefragt wird.',

  'flapping.heading': '{network} funktioniert nur mit Unterbrechungen',
  'flapping.heading.several': {
    one: '{count} Social-Media-Konto funktioniert nur mit Unterbrechungen',
    other: '{count} Social-Media-Konten funktionieren nur mit Unterbrechungen',
  },
  'flapping.intro':
    'Constant Contact kann dort zeitweise Beiträge von {tenant} veröffentlichen und zeitweise nicht. Das kann sich von selbst geben; vorerst brauchen Sie nichts zu tun.',
  'flapping.broke': 'Zuletzt unterbrochen am {moment} ({ago}).',
  'flapping.steps.title': 'Wenn es so weitergeht',
  'flapping.closing':
    'Um Ihnen nicht bei jedem Wechsel zu schreiben, meldet sich Linkwatch dazu erst wieder, wenn sich {duration} lang nichts mehr geändert hat. Dann erfahren Sie, wie es steht.',

  'removed.heading': '{network} ist nicht mehr verbunden',
  'removed.heading.several': {
    one: '{count} Social-Media-Konto ist nicht mehr verbunden',
    other: '{count} Social-Media-Konten sind nicht mehr verbunden',
  },
  'removed.intro': {
    one: 'Constant Contact führt eines der Social-Media-Konten von {tenant} nicht mehr auf und kann dort daher keine Beiträge veröffentlichen.',
    other:
      'Constant Contact führt {count} der Social-Media-Konten von {tenant} nicht mehr auf und kann dort daher keine Beiträge veröffentlichen.',
  },
  'removed.meaning':
    'Wenn das so gewollt ist, brauchen Sie nichts zu tun. Wenn nicht, stellen Sie die Verbindung bitte wie unten beschrieben wieder her.',
  'removed.noticed': 'Bemerkt am {moment} ({ago}).',
  'removed.steps.title': 'Wenn es nicht gewollt war',
  'removed.closing':
    'Erinnerungen daran folgen nicht. Besteht die Verbindung wieder, bemerkt Linkwatch das von selbst und beobachtet das Konto weiter.',

  'recovered.heading': '{network} funktioniert wieder',
  'recovered.heading.several': {
    one: '{count} Social-Media-Konto funktioniert wieder',
    other: '{count} Social-Media-Konten funktionieren wieder',
  },
  'recovered.intro': 'Vielen Dank. Constant Contact kann dort wieder Beiträge von {tenant} veröffentlichen.',
  'recovered.duration': 'Funktioniert wieder seit {moment}. Die Unterbrechung dauerte {duration}.',
  'recovered.closing':
    'Beiträge, die für diese Zeit geplant waren, sind möglicherweise nicht erschienen. Ein Blick in Ihren Kalender in Constant Contact lohnt sich.',

  'reauthorize.heading': 'Linkwatch benötigt erneut Ihre Erlaubnis',
  'reauthorize.heading.still': 'Linkwatch benötigt noch immer Ihre Erlaubnis',
  'reauthorize.intro':
    'Seit {moment} ({ago}) darf Linkwatch die Social-Media-Konten von {tenant} in Constant Contact nicht mehr ansehen. Das kann vorkommen, wenn eine Erlaubnis abgelaufen ist oder wenn sich ein Benutzer oder ein Passwort geändert hat.',
  'privileges.heading': 'Linkwatch darf Ihre Social-Media-Konten nicht mehr ansehen',
  'privileges.heading.still': 'Linkwatch darf Ihre Social-Media-Konten noch immer nicht ansehen',
  'privileges.intro':
    'Seit {moment} ({ago}) verweigert Constant Contact den Zugriff von Linkwatch auf die Social-Media-Konten von {tenant}. Das kann vorkommen, wenn die Person, die Linkwatch die Erlaubnis gegeben hat, dort jetzt eine andere Rolle hat.',
  'access.meaning':
    'Über die Konten selbst sagt das nichts aus: Mit ihnen kann alles in Ordnung sein. Es bedeutet, dass Linkwatch sie nicht beobachten und Ihnen daher nicht sagen kann, wenn eines davon Ihre Hilfe benötigt.',
  'access.reauthorize.help':
    'Bitte schreiben Sie an {help}. Wir helfen Ihnen, Linkwatch die Erlaubnis erneut zu geben.',
  'access.privileges.help':
    'Bitte lassen Sie die Inhaberin oder den Inhaber Ihres Constant-Contact-Kontos prüfen, ob diese Person noch Kampagnen ansehen darf, oder schreiben Sie an {help}. Wir helfen Ihnen.',
  'access.last':
    'Dies ist die letzte Erinnerung: Linkwatch schreibt Ihnen dazu erst wieder, wenn es Ihre Konten sehen kann. Es versucht es weiter und schickt Ihnen dann eine kurze Nachricht.',
  'access.button': 'Schreiben Sie uns',
  'access.recovered.heading': 'Linkwatch kann Ihre Social-Media-Konten wieder sehen',
  'access.recovered.intro':
    'Vielen Dank. Linkwatch beobachtet die Social-Media-Konten von {tenant} wieder seit {moment}. Die Unterbrechung dauerte {duration}.',
  'access.recovered.closing': 'Wenn eines davon Ihre Hilfe benötigt, hören Sie von uns.',

  'footer.page': 'Sehen, wie es Ihren Social-Media-Konten jetzt geht',
  'footer.page.access': 'Ihre Seite bei Linkwatch öffnen',
  'footer.preferences': 'Sprache und Erinnerungen',
  'footer.not_mine': 'Das betrifft mich nicht',
  'footer.unsubscribe': 'Diese E-Mails abbestellen',
  'footer.why.owner':
    'Sie erhalten diese E-Mail, weil Linkwatch die Social-Media-Konten von {tenant} in Constant Contact beobachtet und Sie als zuständig dafür eingetragen sind.',
  'footer.why.cc':
    'Sie erhalten diese E-Mail, weil Linkwatch die Social-Media-Konten von {tenant} in Constant Contact beobachtet und Sie eingetragen sind, um ebenfalls von Problemen zu erfahren.',
  'footer.also_to': 'Sie ging auch an {others}.',
  'footer.questions': 'Fragen? Schreiben Sie an {help}.',
};
