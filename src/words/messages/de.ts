import type { Messages } from './en.ts';

export const de: Messages = {
  colon: ':',
  'account.unnamed': 'Konto {accountId}',
  'network.unnamed': 'Soziales Netzwerk',
  'tenant.unnamed': 'Ihrem Konto',

  'subject.reconnect': 'Bitte {network} ({account}) neu verbinden, damit Beiträge erscheinen',
  'subject.choose_profile': 'Bitte Seite oder Profil für {network} ({account}) wählen, damit Beiträge erscheinen',
  'subject.page_unreachable': 'Bitte die Seiten von {network} ({account}) prüfen, damit Beiträge erscheinen',
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
  'subject.flapping': '{network} ({account}) verliert immer wieder die Verbindung',
  'subject.flapping.several': {
    one: '{count} Social-Media-Konto von {tenant} verliert immer wieder die Verbindung',
    other: '{count} Social-Media-Konten von {tenant} verlieren immer wieder die Verbindung',
  },
  'subject.removed': '{network} ({account}) ist in Constant Contact nicht mehr verbunden',
  'subject.removed.several': {
    one: '{count} Social-Media-Konto von {tenant} ist in Constant Contact nicht mehr verbunden',
    other: '{count} Social-Media-Konten von {tenant} sind in Constant Contact nicht mehr verbunden',
  },
  'subject.reauthorize': '{brand} benötigt erneut die Erlaubnis von {tenant}',
  'subject.privileges': '{brand} kann die Social-Media-Konten von {tenant} nicht mehr einsehen',
  'subject.access_recovered': '{brand} kann die Social-Media-Konten von {tenant} wieder einsehen',

  'alert.heading.reconnect': '{network} muss neu verbunden werden',
  'alert.heading.choose_profile': 'Für {network} fehlt eine Seite oder ein Profil',
  'alert.heading.page_unreachable': 'Einige Seiten von {network} benötigen Ihre Hilfe',
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
    'Constant Contact hat die Verbindung zu einem der Social-Media-Konten von {tenant} verloren, die {brand} im Blick behält. Das lässt sich nur von Hand beheben und dauert wenige Minuten.',
  'alert.intro.choose_profile':
    'Eines der Social-Media-Konten von {tenant}, die {brand} im Blick behält, ist mit Constant Contact verbunden, hat aber weder Seite noch Profil für Beiträge. Das lässt sich nur von Hand beheben und dauert wenige Minuten.',
  'alert.intro.page_unreachable':
    'Eines der Social-Media-Konten von {tenant}, die {brand} im Blick behält, ist mit Constant Contact verbunden, aber auf einigen seiner Seiten kann nicht mehr veröffentlicht werden. Sie müssen von Hand neu ausgewählt werden. Das dauert wenige Minuten.',
  'alert.intro.several':
    'Constant Contact kann auf einigen Social-Media-Konten von {tenant}, die {brand} im Blick behält, keine Beiträge veröffentlichen. Das lässt sich nur von Hand beheben und dauert wenige Minuten.',
  'alert.intro.wait':
    'Sie müssen nichts tun. Wir möchten nur, dass Sie wissen, warum Beiträge später erscheinen können.',
  'alert.intro.baseline':
    '{brand} behält ab jetzt die Social-Media-Konten von {tenant} in Constant Contact im Blick. Dies ist gleich zu Beginn aufgefallen.',
  'alert.intro.settled_broken':
    'Nachdem die Verbindung immer wieder unterbrochen war, besteht die Störung nun seit Stunden. Sie wird kaum von selbst enden.',
  'alert.closing': 'Sobald alles wieder funktioniert, sehen wir das und schicken Ihnen eine kurze Nachricht.',
  'alert.closing.wait':
    'Eine solche Begrenzung endet meist von selbst. Wir prüfen weiter und schicken Ihnen dann eine kurze Nachricht.',

  'reminder.heading.reconnect': '{network} muss noch immer neu verbunden werden',
  'reminder.heading.choose_profile': 'Für {network} fehlt noch immer eine Seite oder ein Profil',
  'reminder.heading.page_unreachable': 'Einige Seiten von {network} benötigen noch immer Ihre Hilfe',
  'reminder.heading.several': {
    one: '{count} Social-Media-Konto benötigt noch immer Ihre Hilfe',
    other: '{count} Social-Media-Konten benötigen noch immer Ihre Hilfe',
  },
  'reminder.intro':
    'Das dauert nun schon {duration} an: Constant Contact kann dort noch immer keine Beiträge von {tenant} veröffentlichen. {brand} behält diese Konten im Blick.',
  'reminder.last':
    'Dies ist unsere letzte Erinnerung. Wir schreiben Ihnen dazu erst wieder, wenn es funktioniert. Bis dahin prüfen wir weiter; dann erhalten Sie eine kurze Nachricht.',

  'problem.token_missing': 'Constant Contact hat keine Berechtigung mehr für dieses Konto.',
  'problem.token_invalid':
    '{network} erkennt die Berechtigung nicht mehr an, die Constant Contact für dieses Konto hat.',
  'problem.scopes_missing': 'Constant Contact fehlen einige der Berechtigungen, die es für dieses Konto braucht.',
  'problem.no_profile': 'Das Konto ist verbunden, aber für Beiträge ist weder eine Seite noch ein Profil ausgewählt.',
  'problem.page_unreachable':
    'Das Konto ist verbunden, aber Constant Contact kann nicht mehr auf allen Seiten des Kontos veröffentlichen.',
  'problem.rate_limited':
    '{network} begrenzt, wie viel veröffentlicht werden darf, entweder für dieses Konto oder für Constant Contact insgesamt.',
  'problem.other': 'Constant Contact meldet ein Problem mit diesem Konto.',
  'problem.pages': { one: 'Es geht um diese Seite: {pages}.', other: 'Es geht um diese Seiten: {pages}.' },
  'problem.pages.more': { one: '{count} weitere Seite', other: '{count} weitere Seiten' },
  'problem.since': 'Seit {moment} ({ago}).',
  'problem.baseline': 'Festgestellt am {moment}. Es kann schon früher begonnen haben.',
  'problem.effect.reconnect': 'Geplante Beiträge erscheinen dort nicht, bis das Konto wieder verbunden ist.',
  'problem.effect.choose_profile':
    'Geplante Beiträge erscheinen dort nicht, bis eine Seite oder ein Profil ausgewählt ist.',
  'problem.effect.page_unreachable':
    'Geplante Beiträge für diese Seiten erscheinen nicht, bis die Seiten neu ausgewählt sind.',
  'problem.effect.wait': 'Geplante Beiträge erscheinen dort möglicherweise nicht, bis die Begrenzung aufgehoben ist.',
  'problem.effect.none': 'Geplante Beiträge erscheinen dort möglicherweise nicht.',
  'list.more': { one: 'und {count} weiteres Konto', other: 'und {count} weitere Konten' },
  'button.reconnect': 'In Constant Contact neu verbinden',
  'button.choose_profile': 'In Constant Contact auswählen',
  'button.several': 'Constant Contact öffnen',
  'link.check.reconnect': 'Ich habe neu verbunden: jetzt prüfen',
  'link.check.done': 'Es ist erledigt: jetzt prüfen',
  'link.snooze': 'Später erinnern',
  'link.forward': 'Nicht Ihre Aufgabe? Seite an die richtige Person weitergeben',
  'steps.title': 'Was zu tun ist',
  'step.sign_in': 'Melden Sie sich wie gewohnt bei Constant Contact an.',
  'step.open_settings': 'Öffnen Sie die Einstellungen Ihrer Social-Media-Konten.',
  'step.reconnect':
    'Verbinden Sie {network} als {account} neu. Wenn {network} nach einer Anmeldung fragt, nehmen Sie die Zugangsdaten einer Person mit vollen Administratorrechten für diese Seite oder dieses Konto. Erteilen Sie alle Berechtigungen, nach denen gefragt wird.',
  'step.reconnect.several':
    'Verbinden Sie jedes hier aufgeführte Konto neu, dessen Verbindung verloren ist. Wenn das Netzwerk nach einer Anmeldung fragt, nehmen Sie die Zugangsdaten einer Person mit vollen Administratorrechten für diese Seite oder dieses Konto. Erteilen Sie alle Berechtigungen, nach denen gefragt wird.',
  'step.choose_profile':
    'Wählen Sie für {network} ({account}) die Seite oder das Profil, auf dem Ihre Beiträge erscheinen sollen. Melden Sie sich dort mit vollen Administratorrechten an, und erteilen Sie alle Berechtigungen, nach denen gefragt wird.',
  'step.choose_profile.several':
    'Wählen Sie für jedes hier aufgeführte Konto ohne Seite oder Profil aus, wo Ihre Beiträge erscheinen sollen. Melden Sie sich dort mit vollen Administratorrechten an, und erteilen Sie alle Berechtigungen, nach denen gefragt wird.',
  'step.connect':
    'Verbinden Sie {network} wieder als {account}. Wenn {network} nach einer Anmeldung fragt, nehmen Sie die Zugangsdaten einer Person mit vollen Administratorrechten für diese Seite oder dieses Konto. Erteilen Sie alle Berechtigungen, nach denen gefragt wird.',
  'step.connect.several':
    'Verbinden Sie jedes hier aufgeführte Konto wieder. Wenn das Netzwerk nach einer Anmeldung fragt, nehmen Sie die Zugangsdaten einer Person mit vollen Administratorrechten für diese Seite oder dieses Konto. Erteilen Sie alle Berechtigungen, nach denen gefragt wird.',
  'facts.title': 'Gut zu wissen',
  'facts.who': 'Das kann nur, wer volle Administratorrechte für die Seite oder das Konto hat.',
  'facts.keep':
    'Bitte löschen Sie das Konto nicht aus Constant Contact, um es neu hinzuzufügen: Dafür bereits geplante Beiträge könnten verloren gehen.',
  'facts.scheduled':
    'Sehen Sie danach Ihre geplanten Beiträge in Constant Contact durch. Was in der Zwischenzeit fällig war, ist möglicherweise nicht erschienen.',
  'facts.password':
    'Wir fragen Sie nie nach Ihrem Passwort. Sie geben es nur auf den Websites von Constant Contact und des sozialen Netzwerks ein.',

  'flapping.heading': '{network} verliert immer wieder die Verbindung',
  'flapping.heading.several': {
    one: '{count} Social-Media-Konto verliert immer wieder die Verbindung',
    other: '{count} Social-Media-Konten verlieren immer wieder die Verbindung',
  },
  'flapping.intro':
    'Constant Contact kann dort zeitweise Beiträge von {tenant} veröffentlichen und zeitweise nicht. {brand} behält das im Blick. Es kann sich von selbst geben; vorerst müssen Sie nichts tun.',
  'flapping.broke': 'Zuletzt unterbrochen am {moment} ({ago}).',
  'flapping.steps.title': 'Wenn es so weitergeht',
  'flapping.closing':
    'Wir möchten Ihnen nicht bei jedem Wechsel schreiben. Sie hören dazu erst wieder von uns, wenn sich {duration} lang nichts geändert hat. Dann sagen wir Ihnen, wie es steht.',

  'removed.heading': '{network} ist nicht mehr verbunden',
  'removed.heading.several': {
    one: '{count} Social-Media-Konto ist nicht mehr verbunden',
    other: '{count} Social-Media-Konten sind nicht mehr verbunden',
  },
  'removed.intro': {
    one: 'Eines der Social-Media-Konten von {tenant}, die {brand} im Blick behält, ist in Constant Contact nicht mehr vorhanden. Dort können daher keine Beiträge erscheinen.',
    other:
      '{count} der Social-Media-Konten von {tenant}, die {brand} im Blick behält, sind in Constant Contact nicht mehr vorhanden. Dort können daher keine Beiträge erscheinen.',
  },
  'removed.meaning':
    'Wenn das so gewollt ist, müssen Sie nichts tun. Wenn nicht, stellen Sie die Verbindung bitte wie unten beschrieben wieder her.',
  'removed.noticed': 'Bemerkt am {moment} ({ago}).',
  'removed.steps.title': 'Wenn es nicht gewollt war',
  'removed.closing':
    'Wir werden Sie nicht daran erinnern. Sobald das Konto wieder verbunden ist, behalten wir es wie bisher im Blick.',

  'recovered.heading': '{network} funktioniert wieder',
  'recovered.heading.several': {
    one: '{count} Social-Media-Konto funktioniert wieder',
    other: '{count} Social-Media-Konten funktionieren wieder',
  },
  'recovered.intro':
    'Vielen Dank. Constant Contact kann dort wieder Beiträge von {tenant} veröffentlichen. {brand} behält diese Konten im Blick.',
  'recovered.duration': 'Funktioniert wieder seit {moment}. Die Unterbrechung dauerte {duration}.',
  'recovered.closing':
    'Beiträge, die für diese Zeit geplant waren, sind möglicherweise nicht erschienen. Bitte sehen Sie Ihre geplanten Beiträge in Constant Contact durch.',

  'reauthorize.heading': '{brand} benötigt erneut Ihre Erlaubnis',
  'reauthorize.heading.still': '{brand} benötigt noch immer Ihre Erlaubnis',
  'reauthorize.intro':
    'Seit {moment} ({ago}) lässt Constant Contact {brand} die Social-Media-Konten von {tenant} nicht mehr einsehen. Das kommt vor, wenn eine Erlaubnis abgelaufen ist oder wenn sich ein Benutzer oder ein Passwort geändert hat.',
  'reauthorize.intro.scope':
    'Seit {moment} ({ago}) lässt Constant Contact {brand} die Social-Media-Konten von {tenant} nicht mehr einsehen. Der Erlaubnis, die gegeben wurde, fehlt ein Teil, den {brand} benötigt: die Kampagnen, zu denen die Social-Media-Konten gehören.',

  'privileges.heading': '{brand} kann Ihre Social-Media-Konten nicht mehr einsehen',
  'privileges.heading.still': '{brand} kann Ihre Social-Media-Konten noch immer nicht einsehen',
  'privileges.intro':
    'Seit {moment} ({ago}) verweigert Constant Contact {brand} den Einblick in die Social-Media-Konten von {tenant}. Das kommt vor, wenn die Person, die die Erlaubnis gegeben hat, dort jetzt eine andere Rolle hat.',
  'privileges.intro.known':
    'Seit {moment} ({ago}) verweigert Constant Contact {brand} den Einblick in die Social-Media-Konten von {tenant}. Der Person, die die Erlaubnis gegeben hat, fehlt dort das Recht, Kampagnen anzusehen ({privilege}).',

  'access.meaning':
    'Das heißt nicht, dass mit den Konten selbst etwas nicht stimmt. Es heißt, dass wir sie nicht prüfen und Ihnen daher nicht sagen können, wenn eines davon Ihre Hilfe benötigt.',
  'access.privileges.help':
    'Bitte lassen Sie die Inhaberin oder den Inhaber Ihres Constant-Contact-Kontos prüfen, ob diese Person noch Kampagnen ansehen darf, oder schreiben Sie an {help}. Wir helfen Ihnen.',
  'access.scope.help':
    'Wenn Constant Contact Sie fragt, was Sie erlauben, erlauben Sie bitte alles, was aufgeführt ist.',
  'access.last':
    'Dies ist unsere letzte Erinnerung. Wir schreiben Ihnen dazu erst wieder, wenn wir Ihre Konten sehen können. Wir versuchen es weiter; dann erhalten Sie eine kurze Nachricht.',
  'access.button': 'Schreiben Sie uns',
  'access.recovered.heading': '{brand} kann Ihre Social-Media-Konten wieder einsehen',
  'access.recovered.intro':
    'Vielen Dank. {brand} kann die Social-Media-Konten von {tenant} seit {moment} wieder prüfen. Die Unterbrechung dauerte {duration}.',
  'access.recovered.closing': 'Wenn eines davon Ihre Hilfe benötigt, hören Sie von uns.',

  'footer.page': 'Sehen, wie es Ihren Social-Media-Konten jetzt geht',
  'footer.page.access': 'Ihre Seite bei {brand} öffnen',
  'footer.preferences': 'Sprache und Erinnerungen',
  'footer.not_mine': 'Das sind nicht meine Konten',
  'footer.unsubscribe': 'Diese E-Mails abbestellen',
  'footer.named.owner':
    '{brand} betreut die Social-Media-Konten von {tenant} und hat uns diese Adresse genannt, weil Sie als zuständig dafür eingetragen sind. Diese E-Mail wurde automatisch für {brand} verschickt.',
  'footer.named.cc':
    '{brand} betreut die Social-Media-Konten von {tenant} und hat uns diese Adresse genannt, damit auch Sie von Problemen erfahren. Diese E-Mail wurde automatisch für {brand} verschickt.',
  'footer.why.owner':
    'Linkwatch prüft die Social-Media-Konten von {tenant} in Constant Contact. Wer das für {tenant} eingerichtet hat, hat uns diese Adresse genannt, weil Sie als zuständig dafür eingetragen sind.',
  'footer.why.cc':
    'Linkwatch prüft die Social-Media-Konten von {tenant} in Constant Contact. Wer das für {tenant} eingerichtet hat, hat uns diese Adresse genannt, damit auch Sie von Problemen erfahren.',
  'footer.also_to': 'Diese E-Mail ging auch an {others}.',
  'footer.and_others': { one: '{count} weitere Person', other: '{count} weitere' },
  'footer.questions': 'Fragen? Schreiben Sie an {help}.',
};
