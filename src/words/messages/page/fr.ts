import type { PageMessages } from './en.ts';

export const pageFr: PageMessages = {
  'access.reauthorize.help': 'Écrivez à {help}, et nous vous aiderons à renouveler l’autorisation.',

  'page.intro': '{brand} surveille les comptes de réseaux sociaux de « {tenant} » dans Constant Contact.',
  'page.looked': 'Dernière vérification le {moment} ({ago}).',
  'page.never_looked': 'Ils n’ont pas encore été vérifiés.',
  'page.summary.needs_you': {
    one: 'Un de vos comptes de réseaux sociaux a besoin de vous',
    other: '{count} de vos comptes de réseaux sociaux ont besoin de vous',
  },
  'page.summary.access': 'Nous ne pouvons pas voir vos comptes de réseaux sociaux pour le moment',
  'page.summary.paused': 'Ces comptes de réseaux sociaux ne sont pas vérifiés pour le moment',
  'page.summary.not_yet': 'Vos comptes de réseaux sociaux n’ont pas encore été vérifiés',
  'page.summary.empty': 'Aucun compte de réseaux sociaux n’est connecté à Constant Contact',
  'page.summary.well': 'Tous vos comptes de réseaux sociaux fonctionnent',
  'page.summary.suspected': {
    one: 'Un de vos comptes de réseaux sociaux a peut-être un problème : nous vérifions de nouveau',
    other: '{count} de vos comptes de réseaux sociaux ont peut-être un problème : nous vérifions de nouveau',
  },
  'page.summary.unknown': {
    one: 'Nous ne connaissons pas l’état d’un de vos comptes de réseaux sociaux pour le moment',
    other: 'Nous ne connaissons pas l’état de {count} de vos comptes de réseaux sociaux pour le moment',
  },
  'page.paused':
    'La vérification est suspendue : rien n’est vérifié, et personne ne reçoit de message. Si vous ne vous y attendiez pas, écrivez à {help}.',
  'page.label.broken': 'A besoin de vous',
  'page.label.waiting': 'En attente',
  'page.label.unobserved': 'Non vérifié',
  'page.label.healthy': 'Fonctionne',
  'page.label.removed': 'Supprimé',
  'page.label.suspected': 'En cours de vérification',
  'page.suspected':
    'Quelque chose ne va peut-être pas ici. Nous vérifierons encore avant de vous demander quoi que ce soit.',
  'page.recovering': 'Le compte fonctionne. Nous vérifierons encore une fois pour en être sûrs.',
  'page.wait': 'Vous n’avez rien à faire. Une telle limite est en général levée d’elle-même.',
  'page.check_failed': '{network} n’a pas répondu à la demande de Constant Contact. Nous continuons de vérifier.',
  'page.removed': 'Ce compte n’est plus connecté à Constant Contact. Si c’est voulu, tout va bien.',
  'page.last_seen': 'Dernière vérification le {moment}.',
  'page.not_seen': 'Pas encore vérifié.',
  'page.snoozed': 'Pas de rappel à ce sujet avant le {moment}.',
  'page.snoozed_until_fixed': 'Pas de rappel à ce sujet tant qu’il ne fonctionne pas.',
  'page.range': 'Comptes {from} à {to} sur {total}',
  'page.previous': 'Comptes précédents',
  'page.next': 'Autres comptes',
  'page.list': 'Vos comptes de réseaux sociaux',
  'page.guest':
    'Cette page vous a été transmise pour que vous voyiez l’état de ces comptes et puissiez les faire vérifier. Vous ne pouvez rien modifier d’autre.',
  'page.guest.only': 'Cette page peut seulement être consultée',
  'page.guest.only.line':
    'Elle vous a été transmise pour que vous voyiez l’état de ces comptes et puissiez les faire vérifier. Seule la personne qui reçoit les messages peut faire le reste.',
  'page.note.unsubscribed': 'Vous êtes désabonné : nous ne vous envoyons aucun message sur ces comptes.',
  'page.note.not_mine':
    'Vous avez indiqué que ces comptes ne sont pas les vôtres : nous ne vous écrivons pas à leur sujet.',
  'page.note.undeliverable': 'Les messages à {email} n’ont pas pu être remis, nous ne vous en envoyons donc plus.',
  'page.note.reminders_off': 'Vous ne recevez pas de rappels, comme vous l’avez choisi.',
  'page.nav': 'Ce que vous pouvez faire d’autre',
  'page.link.check': 'J’ai reconnecté : vérifier maintenant',
  'page.link.snooze': 'Suspendre les rappels',
  'page.link.preferences': 'Langue et rappels',
  'page.link.not_mine': 'Ces comptes ne sont pas les miens',
  'page.link.unsubscribe': 'Se désabonner de ces messages',
  'page.link.return.unsubscribed': 'Je veux finalement recevoir ces messages',
  'page.link.return.not_mine': 'Ce sont finalement les miens',
  'page.link.return.undeliverable': 'M’écrire à nouveau',
  'page.back': 'Revenir à vos comptes de réseaux sociaux',
  'page.save': 'Enregistrer',
  'page.check.heading': 'Vérifier maintenant ?',
  'page.check.line':
    'Nous interrogeons tout de suite Constant Contact sur vos comptes de réseaux sociaux ({tenant}). Cela peut prendre quelques secondes. Vous verrez ensuite le résultat ici.',
  'page.check.button': 'Vérifier maintenant',
  'page.snooze.heading': 'Suspendre les rappels',
  'page.snooze.owner':
    'Cela concerne ce qui a besoin de vous en ce moment, et vaut pour tous ceux qui en reçoivent des rappels.',
  'page.snooze.cc': 'Cela concerne ce qui demande une intervention en ce moment, et ne vaut que pour vous.',
  'page.snooze.still': 'Vous serez tout de même prévenu du retour à la normale, et de tout problème plus grave.',
  'page.snooze.legend': 'Pendant combien de temps ?',
  'page.snooze.day': 'Un jour',
  'page.snooze.week': 'Une semaine',
  'page.snooze.until_fixed': 'Jusqu’à ce que ce soit réglé',
  'page.snooze.ended': 'Plus du tout : me rappeler à nouveau',
  'page.snooze.nothing': 'Rien n’a besoin de vous en ce moment, il n’y a donc pas de rappels.',
  'page.preferences.heading': 'Langue et rappels',
  'page.preferences.language': 'Quelle langue lisez-vous ?',
  'page.preferences.default': 'Celle du compte ({language})',
  'page.preferences.reminders': 'Quand un problème persiste',
  'page.preferences.on': 'Me le rappeler de temps en temps',
  'page.preferences.off': 'Me prévenir une fois, sans rappels',
  'page.not_mine.heading': 'Ces comptes ne sont pas les vôtres ?',
  'page.not_mine.line': 'Nous n’écrirons plus à {email} au sujet de ces comptes de réseaux sociaux ({tenant}).',
  'page.not_mine.operator':
    'Si personne d’autre ne reçoit ces messages, nous en informons {brand}, pour que quelqu’un d’autre puisse être sollicité.',
  'page.not_mine.button': 'Ce ne sont pas les miens',
  'page.unsubscribe.heading': 'Se désabonner ?',
  'page.unsubscribe.line':
    'Nous n’écrirons plus à {email} quand un de ces comptes de réseaux sociaux ({tenant}) aura besoin d’attention. Des publications pourraient alors échouer à votre insu.',
  'page.unsubscribe.button': 'Se désabonner',
  'page.return.heading': 'Voulez-vous recevoir à nouveau ces messages ?',
  'page.return.line':
    'Nous écrirons à nouveau à {email} quand un de ces comptes de réseaux sociaux ({tenant}) aura besoin de vous.',
  'page.return.button': 'Oui, écrivez-moi',
  'page.return.already': 'Vous recevez déjà ces messages.',
  'page.expired.heading': 'Ce lien a expiré',
  'page.expired.line': 'Vous trouverez un lien plus récent dans les derniers messages envoyés par {brand}.',
  'page.nowhere.heading': 'Ce lien ne mène nulle part',
  'page.nowhere.line': 'Il est peut-être incomplet, ou concerne un compte qui n’est plus suivi ici.',
  'page.help': 'Si vous avez besoin d’aide, écrivez à {help}.',
  'page.forged.heading': 'Rien n’a changé',
  'page.forged.line':
    'Ce qui a été envoyé ne venait pas de notre page, ou la page était ouverte depuis trop longtemps.',
  'page.forged.again': 'Ouvrez à nouveau la page, puis appuyez sur le bouton',

  'page.trouble.away': 'Cette page ne peut pas être affichée pour le moment',
  'page.trouble.failed': 'Une erreur s’est produite ici, et vous n’y êtes pour rien',
  'page.trouble.line': 'Veuillez réessayer dans quelques minutes. Rien n’est perdu.',
  'page.trouble.form':
    'Ce que vous avez demandé n’est peut-être pas encore fait. Vous pouvez le demander à nouveau : le faire deux fois ne pose aucun problème.',
  'page.trouble.again': 'Réessayer',

  'page.done.snoozed_day':
    'Pas de rappels à ce sujet pendant un jour. Vous serez tout de même prévenu du retour à la normale.',
  'page.done.snoozed_week':
    'Pas de rappels à ce sujet pendant une semaine. Vous serez tout de même prévenu du retour à la normale.',
  'page.done.snoozed_until_fixed':
    'Plus de rappels à ce sujet. Vous serez tout de même prévenu du retour à la normale.',
  'page.done.snoozed_ended': 'Nous vous enverrons à nouveau des rappels tant que quelque chose a besoin de vous.',
  'page.done.nothing_to_snooze': 'Rien n’a besoin de vous en ce moment, il n’y avait donc aucun rappel à suspendre.',
  'page.done.unsubscribed':
    'Vous êtes désabonné. Nous ne vous écrirons plus au sujet de ces comptes de réseaux sociaux.',
  'page.done.not_mine': 'Merci. Nous ne vous écrirons plus au sujet de ces comptes de réseaux sociaux.',
  'page.done.returned': 'Nous vous écrirons à nouveau quand un de ces comptes de réseaux sociaux aura besoin de vous.',
  'page.done.preferred': 'Votre choix est enregistré.',
  'page.done.works': 'Nous venons de vérifier : tout fonctionne.',
  'page.done.works_so_far':
    'Nous venons de vérifier : cela fonctionne. Pour en être sûrs, nous vérifierons encore une fois dans {duration}.',
  'page.done.needs_you':
    'Nous venons de vérifier : quelque chose a encore besoin de vous. Nous vérifierons à nouveau dans {duration}.',
  'page.done.suspected':
    'Nous venons de vérifier : quelque chose ne va peut-être pas. Nous vérifierons encore une fois dans {duration}, avant de vous demander quoi que ce soit.',
  'page.done.limited':
    'Nous venons de vérifier : rien n’a besoin de vous, mais un réseau limite les publications pour le moment.',
  'page.done.unsure':
    'Constant Contact a répondu, mais ne peut pas dire comment vont tous les comptes. Nous vérifierons encore une fois dans {duration}.',
  'page.done.no_answer':
    'Constant Contact n’a pas répondu, nous ne savons donc rien de nouveau. Nous continuons d’essayer.',
  'page.done.still_asking': 'Constant Contact n’a pas encore répondu. Revenez sur cette page dans une minute.',
  'page.done.used_up':
    'Nous ne pouvons plus interroger Constant Contact aujourd’hui et n’avons donc pas pu vérifier. Reprise automatique : {moment}.',
  'page.done.asked_just_now':
    'Nous avons vérifié il y a moins d’une minute et ne l’avons pas refait. Voici le résultat ; vous pouvez redemander dans une minute.',
  'page.done.paused': 'Nous n’avons pas vérifié, car la vérification de ces comptes de réseaux sociaux est suspendue.',
  'page.done.access_lost':
    'Nous n’avons pas pu vérifier : Constant Contact ne nous laisse pas voir ces comptes de réseaux sociaux pour le moment.',
};
