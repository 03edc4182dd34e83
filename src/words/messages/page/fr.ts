import type { PageMessages } from './en.ts';

export const pageFr: PageMessages = {
  'page.intro': 'Les comptes de réseaux sociaux dans Constant Contact ({tenant}).',
  'page.looked': 'Linkwatch a vérifié pour la dernière fois le {moment} ({ago}).',
  'page.never_looked': 'Linkwatch n’a pas encore vérifié.',

  'page.summary.needs_you': {
    one: 'Un de vos comptes de réseaux sociaux a besoin de vous',
    other: '{count} de vos comptes de réseaux sociaux ont besoin de vous',
  },
  'page.summary.access': 'Linkwatch ne peut pas voir vos comptes de réseaux sociaux pour le moment',
  'page.summary.paused': 'Linkwatch ne surveille pas ces comptes de réseaux sociaux pour le moment',
  'page.summary.not_yet': 'Linkwatch n’a pas encore vu vos comptes de réseaux sociaux',
  'page.summary.empty': 'Aucun compte de réseaux sociaux n’est connecté à Constant Contact',
  'page.summary.well': 'Tous vos comptes de réseaux sociaux fonctionnent',
  'page.summary.no_need': 'Aucun de vos comptes de réseaux sociaux n’a besoin de vous',
  'page.paused':
    'La surveillance est suspendue : Linkwatch ne vérifie rien et n’écrit à personne. Si vous ne vous y attendiez pas, écrivez à {help}.',

  'page.label.broken': 'A besoin de vous',
  'page.label.waiting': 'En attente',
  'page.label.unobserved': 'Non vu',
  'page.label.healthy': 'Fonctionne',
  'page.label.removed': 'Supprimé',
  'page.label.suspected': 'En cours de vérification',
  'page.suspected':
    'Quelque chose ne va peut-être pas ici. Linkwatch vérifie encore avant de vous demander quoi que ce soit.',
  'page.recovering': 'Le compte fonctionne. Linkwatch vérifie encore une fois pour en être sûr.',
  'page.wait': 'Vous n’avez rien à faire : une telle limite disparaît en général toute seule.',
  'page.check_failed': '{network} n’a pas répondu à la demande de Constant Contact. Linkwatch continue de vérifier.',
  'page.removed': 'Ce compte n’est plus connecté à Constant Contact. Si c’est voulu, tout va bien.',
  'page.last_seen': 'Linkwatch l’a vu pour la dernière fois le {moment}.',
  'page.not_seen': 'Linkwatch ne l’a pas encore vu.',
  'page.snoozed': 'Pas de rappel à ce sujet avant le {moment}.',
  'page.snoozed_until_fixed': 'Pas de rappel à ce sujet tant qu’il ne fonctionne pas.',

  'page.note.unsubscribed': 'Vous êtes désabonné : Linkwatch ne vous envoie aucun message sur ces comptes.',
  'page.note.not_mine':
    'Vous avez indiqué que ces comptes ne sont pas les vôtres : Linkwatch ne vous écrit pas à leur sujet.',
  'page.note.undeliverable': 'Le courrier envoyé à {email} a été refusé, Linkwatch ne vous en envoie donc plus.',
  'page.note.reminders_off': 'Vous ne recevez pas de rappels, car vous l’avez choisi ainsi.',

  'page.nav': 'Ce que vous pouvez faire d’autre',
  'page.link.check': 'J’ai reconnecté : vérifier maintenant',
  'page.link.snooze': 'Pas de rappels pendant un moment',
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
    'Linkwatch interroge tout de suite Constant Contact sur vos comptes de réseaux sociaux ({tenant}), ce qui peut prendre quelques secondes. Vous verrez ensuite ici ce qui a été constaté.',
  'page.check.button': 'Vérifier maintenant',

  'page.snooze.heading': 'Pas de rappels pendant un moment',
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
  'page.not_mine.line': 'Linkwatch n’écrira plus à {email} au sujet de ces comptes de réseaux sociaux ({tenant}).',
  'page.not_mine.operator':
    'Si personne d’autre ne reçoit ces messages, les responsables de Linkwatch en sont informés et peuvent s’adresser à quelqu’un d’autre.',
  'page.not_mine.button': 'Ce ne sont pas les miens',

  'page.unsubscribe.heading': 'Se désabonner ?',
  'page.unsubscribe.line':
    'Linkwatch n’écrira plus à {email} quand un de ces comptes de réseaux sociaux ({tenant}) aura besoin d’attention. Des publications pourraient alors échouer à votre insu.',
  'page.unsubscribe.button': 'Se désabonner',

  'page.return.heading': 'Voulez-vous recevoir à nouveau ces messages ?',
  'page.return.line':
    'Linkwatch écrira à nouveau à {email} quand un de ces comptes de réseaux sociaux ({tenant}) aura besoin de vous.',
  'page.return.button': 'Oui, écrivez-moi',
  'page.return.already': 'Vous recevez déjà ces messages.',

  'page.expired.heading': 'Ce lien a expiré',
  'page.expired.line': 'Les messages plus récents de Linkwatch contiennent un lien plus récent.',
  'page.nowhere.heading': 'Ce lien ne mène nulle part',
  'page.nowhere.line': 'Il est peut-être incomplet, ou concerne un compte que Linkwatch ne surveille plus.',
  'page.help': 'Si vous avez besoin d’aide, écrivez à {help}.',
  'page.forged.heading': 'Rien n’a changé',
  'page.forged.line':
    'Ce qui a été envoyé ne venait pas de notre page, ou la page était ouverte depuis trop longtemps.',
  'page.forged.again': 'Ouvrez à nouveau la page, puis appuyez sur le bouton',

  'page.done.snoozed_day':
    'Pas de rappels à ce sujet pendant un jour. Vous serez tout de même prévenu du retour à la normale.',
  'page.done.snoozed_week':
    'Pas de rappels à ce sujet pendant une semaine. Vous serez tout de même prévenu du retour à la normale.',
  'page.done.snoozed_until_fixed':
    'Plus de rappels à ce sujet. Vous serez tout de même prévenu du retour à la normale.',
  'page.done.snoozed_ended': 'Linkwatch vous enverra à nouveau des rappels tant que quelque chose a besoin de vous.',
  'page.done.nothing_to_snooze': 'Rien n’a besoin de vous en ce moment, il n’y avait donc aucun rappel à arrêter.',
  'page.done.unsubscribed':
    'Vous êtes désabonné. Linkwatch ne vous écrira plus au sujet de ces comptes de réseaux sociaux.',
  'page.done.not_mine': 'Merci. Linkwatch ne vous écrira plus au sujet de ces comptes de réseaux sociaux.',
  'page.done.returned':
    'Linkwatch vous écrira à nouveau quand un de ces comptes de réseaux sociaux aura besoin de vous.',
  'page.done.preferred': 'Votre choix est enregistré.',
  'page.done.works': 'Linkwatch vient de vérifier : tout fonctionne.',
  'page.done.works_so_far':
    'Linkwatch vient de vérifier : cela fonctionne. Pour en être sûr, une autre vérification aura lieu dans {duration}.',
  'page.done.needs_you':
    'Linkwatch vient de vérifier : quelque chose a encore besoin de vous. Nouvelle vérification dans {duration}.',
  'page.done.suspected':
    'Linkwatch vient de vérifier : quelque chose ne va peut-être pas. Une autre vérification aura lieu dans {duration}, avant de vous demander quoi que ce soit.',
  'page.done.limited':
    'Linkwatch vient de vérifier : rien n’a besoin de vous, mais un réseau limite les publications pour le moment.',
  'page.done.unsure':
    'Constant Contact a répondu, mais ne sait pas comment vont tous les comptes. Une autre vérification aura lieu dans {duration}.',
  'page.done.no_answer':
    'Constant Contact n’a pas répondu, on ne sait donc rien de nouveau. Linkwatch continue d’essayer tout seul.',
  'page.done.still_asking': 'Constant Contact n’a pas encore répondu. Revenez sur cette page dans une minute.',
  'page.done.used_up':
    'Linkwatch ne peut plus interroger Constant Contact aujourd’hui et n’a donc pas pu vérifier. Reprise automatique : {moment}.',
  'page.done.asked_just_now':
    'Linkwatch a vérifié il y a moins d’une minute et ne l’a pas refait. Voici ce qui a été constaté ; vous pouvez redemander dans une minute.',
  'page.done.paused': 'Linkwatch n’a pas vérifié, car la surveillance de ces comptes de réseaux sociaux est suspendue.',
  'page.done.access_lost':
    'Linkwatch n’a pas pu vérifier : Constant Contact ne le laisse pas voir ces comptes de réseaux sociaux pour le moment.',
};
