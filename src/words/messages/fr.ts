import type { Messages } from './en.ts';

/** No word that loses its vowel (`de`, `que`) stands before a bare name: the name may begin with one. */
export const fr: Messages = {
  colon: ' :',
  'account.unnamed': 'compte {accountId}',
  'network.unnamed': 'Réseau social',
  'tenant.unnamed': 'votre compte',

  'subject.reconnect': 'Reconnectez {network} ({account}) pour continuer à publier',
  'subject.choose_profile': 'Choisissez une page ou un profil pour {network} ({account}) afin de continuer à publier',
  'subject.page_unreachable': 'Vérifiez les pages ({network}, {account}) afin de continuer à publier',
  'subject.wait': '{network} ({account}) limite les publications pour le moment : rien à faire',
  'subject.wait.several': {
    one: '{count} compte de réseaux sociaux ({tenant}) est limité pour le moment : rien à faire',
    other: '{count} comptes de réseaux sociaux ({tenant}) sont limités pour le moment : rien à faire',
  },
  'subject.several': {
    one: '{count} compte de réseaux sociaux ({tenant}) a besoin de vous',
    other: '{count} comptes de réseaux sociaux ({tenant}) ont besoin de vous',
  },
  'subject.reminder': 'Rappel : {subject}',
  'subject.recovered': '{network} ({account}) fonctionne à nouveau',
  'subject.recovered.several': {
    one: '{count} compte de réseaux sociaux ({tenant}) fonctionne à nouveau',
    other: '{count} comptes de réseaux sociaux ({tenant}) fonctionnent à nouveau',
  },
  'subject.flapping': '{network} ({account}) perd régulièrement la connexion',
  'subject.flapping.several': {
    one: '{count} compte de réseaux sociaux ({tenant}) perd régulièrement la connexion',
    other: '{count} comptes de réseaux sociaux ({tenant}) perdent régulièrement la connexion',
  },
  'subject.removed': '{network} ({account}) n’est plus connecté dans Constant Contact',
  'subject.removed.several': {
    one: '{count} compte de réseaux sociaux ({tenant}) n’est plus connecté dans Constant Contact',
    other: '{count} comptes de réseaux sociaux ({tenant}) ne sont plus connectés dans Constant Contact',
  },
  'subject.reauthorize': '{brand} a de nouveau besoin de votre autorisation pour {tenant}',
  'subject.privileges': '{brand} ne peut plus consulter vos comptes de réseaux sociaux ({tenant})',
  'subject.access_recovered': '{brand} peut à nouveau consulter vos comptes de réseaux sociaux ({tenant})',

  'alert.heading.reconnect': 'Il faut reconnecter {network}',
  'alert.heading.choose_profile': 'Il manque une page ou un profil pour {network}',
  'alert.heading.page_unreachable': 'Certaines pages ({network}) ont besoin de vous',
  'alert.heading.wait': '{network} limite les publications pour le moment',
  'alert.heading.several': {
    one: '{count} de vos comptes de réseaux sociaux a besoin de vous',
    other: '{count} de vos comptes de réseaux sociaux ont besoin de vous',
  },
  'alert.heading.wait.several': {
    one: '{count} de vos comptes de réseaux sociaux est limité pour le moment',
    other: '{count} de vos comptes de réseaux sociaux sont limités pour le moment',
  },
  'alert.intro.reconnect':
    'Constant Contact a perdu la connexion à l’un des comptes de réseaux sociaux de « {tenant} », que surveille {brand}. Il faut la rétablir à la main, ce qui ne prend que quelques minutes.',
  'alert.intro.choose_profile':
    'L’un des comptes de réseaux sociaux de « {tenant} », que surveille {brand}, est connecté à Constant Contact, mais n’a ni page ni profil où publier. Il faut faire ce choix à la main, ce qui ne prend que quelques minutes.',
  'alert.intro.page_unreachable':
    'L’un des comptes de réseaux sociaux de « {tenant} », que surveille {brand}, est connecté à Constant Contact, mais il n’est plus possible de publier sur certaines de ses pages. Il faut les choisir à nouveau à la main, ce qui ne prend que quelques minutes.',
  'alert.intro.several':
    'Constant Contact ne peut pas publier sur certains comptes de réseaux sociaux de « {tenant} », que surveille {brand}. Il faut y remédier à la main, ce qui ne prend que quelques minutes.',
  'alert.intro.wait':
    'Vous n’avez rien à faire. Nous souhaitons seulement que vous sachiez pourquoi des publications peuvent être retardées.',
  'alert.intro.baseline':
    '{brand} vient de commencer à surveiller les comptes de réseaux sociaux de « {tenant} » dans Constant Contact, et a fait ce constat dès le début.',
  'alert.intro.settled_broken':
    'Après avoir fonctionné par intermittence, ce compte est maintenant déconnecté depuis des heures. Il est peu probable que cela se rétablisse tout seul.',
  'alert.closing': 'Dès que tout fonctionnera à nouveau, nous le verrons et vous enverrons un court message.',
  'alert.closing.wait':
    'Une telle limite est en général levée d’elle-même. Nous continuons de vérifier et vous enverrons alors un court message.',

  'reminder.heading.reconnect': 'Il faut toujours reconnecter {network}',
  'reminder.heading.choose_profile': 'Il manque toujours une page ou un profil pour {network}',
  'reminder.heading.page_unreachable': 'Certaines pages ({network}) ont toujours besoin de vous',
  'reminder.heading.several': {
    one: '{count} de vos comptes de réseaux sociaux a toujours besoin de vous',
    other: '{count} de vos comptes de réseaux sociaux ont toujours besoin de vous',
  },
  'reminder.intro':
    'Cela dure maintenant depuis {duration}, et Constant Contact ne peut toujours pas y publier pour « {tenant} ». {brand} surveille ces comptes.',
  'reminder.last':
    'Ceci est notre dernier rappel. Nous ne vous écrirons plus à ce sujet avant que tout fonctionne à nouveau. Nous continuons de vérifier et vous enverrons alors un court message.',

  'problem.token_missing': 'Constant Contact n’a plus d’autorisation pour utiliser ce compte.',
  'problem.token_invalid': '{network} n’accepte plus l’autorisation dont Constant Contact dispose pour ce compte.',
  'problem.scopes_missing': 'Il manque à Constant Contact certaines des autorisations nécessaires pour ce compte.',
  'problem.no_profile': 'Le compte est connecté, mais aucune page ni aucun profil n’est choisi pour publier.',
  'problem.page_unreachable':
    'Le compte est connecté, mais Constant Contact ne peut plus publier sur toutes ses pages.',
  'problem.rate_limited':
    '{network} limite le nombre de publications, soit pour ce compte, soit pour Constant Contact dans son ensemble.',
  'problem.other': 'Constant Contact signale un problème avec ce compte.',
  'problem.pages': { one: 'Il s’agit de cette page : {pages}.', other: 'Il s’agit de ces pages : {pages}.' },
  'problem.pages.more': { one: '{count} autre page', other: '{count} autres pages' },
  'problem.since': 'Depuis le {moment} ({ago}).',
  'problem.baseline': 'Constaté le {moment}. Cela a peut-être commencé plus tôt.',
  'problem.effect.reconnect':
    'Les publications programmées n’y paraîtront pas tant que le compte n’est pas reconnecté.',
  'problem.effect.choose_profile':
    'Les publications programmées n’y paraîtront pas tant qu’une page ou un profil n’est pas choisi.',
  'problem.effect.page_unreachable':
    'Les publications programmées pour ces pages ne paraîtront pas tant que celles-ci ne sont pas choisies à nouveau.',
  'problem.effect.wait':
    'Les publications programmées pourraient ne pas y paraître tant que la limite n’est pas levée.',
  'problem.effect.none': 'Les publications programmées pourraient ne pas y paraître.',
  'list.more': { one: 'et {count} autre compte', other: 'et {count} autres comptes' },
  'button.reconnect': 'Reconnecter dans Constant Contact',
  'button.choose_profile': 'Choisir dans Constant Contact',
  'button.several': 'Ouvrir Constant Contact',
  'link.check.reconnect': 'J’ai reconnecté : vérifier maintenant',
  'link.check.done': 'C’est fait : vérifier maintenant',
  'link.snooze': 'Me le rappeler plus tard',
  'link.forward': 'Ce n’est pas de votre ressort ? Transmettez cette page à la bonne personne',
  'steps.title': 'Ce qu’il faut faire',
  'step.sign_in': 'Connectez-vous à Constant Contact comme d’habitude.',
  'step.open_settings': 'Ouvrez les paramètres de vos comptes de réseaux sociaux.',
  'step.reconnect':
    'Reconnectez {network} pour {account}. Quand {network} vous demande de vous connecter, utilisez les identifiants d’une personne ayant tous les droits d’administration sur cette page ou ce compte. Accordez toutes les autorisations demandées.',
  'step.reconnect.several':
    'Reconnectez chaque compte indiqué ici dont la connexion est perdue. Quand le réseau vous demande de vous connecter, utilisez les identifiants d’une personne ayant tous les droits d’administration sur cette page ou ce compte. Accordez toutes les autorisations demandées.',
  'step.choose_profile':
    'Pour {network} ({account}), choisissez la page ou le profil où vos publications doivent paraître. Connectez-vous-y avec tous les droits d’administration, et accordez toutes les autorisations demandées.',
  'step.choose_profile.several':
    'Pour chaque compte indiqué ici sans page ni profil, choisissez où vos publications doivent paraître. Connectez-vous-y avec tous les droits d’administration, et accordez toutes les autorisations demandées.',
  'step.connect':
    'Connectez à nouveau {network} pour {account}. Quand {network} vous demande de vous connecter, utilisez les identifiants d’une personne ayant tous les droits d’administration sur cette page ou ce compte. Accordez toutes les autorisations demandées.',
  'step.connect.several':
    'Connectez à nouveau chaque compte indiqué ici. Quand le réseau vous demande de vous connecter, utilisez les identifiants d’une personne ayant tous les droits d’administration sur cette page ou ce compte. Accordez toutes les autorisations demandées.',
  'facts.title': 'Bon à savoir',
  'facts.who': 'Seule une personne ayant tous les droits d’administration sur la page ou le compte peut le faire.',
  'facts.keep':
    'Ne supprimez pas le compte de Constant Contact pour l’ajouter à nouveau : les publications déjà programmées pour ce compte pourraient être perdues.',
  'facts.scheduled':
    'Parcourez ensuite vos publications programmées dans Constant Contact. Celles qui étaient prévues entre-temps n’ont peut-être pas paru.',
  'facts.password':
    'Nous ne vous demandons jamais votre mot de passe. Vous ne le saisissez que sur les sites de Constant Contact et du réseau social lui-même.',

  'flapping.heading': '{network} perd régulièrement la connexion',
  'flapping.heading.several': {
    one: '{count} de vos comptes de réseaux sociaux perd régulièrement la connexion',
    other: '{count} de vos comptes de réseaux sociaux perdent régulièrement la connexion',
  },
  'flapping.intro':
    'Par moments, Constant Contact peut y publier pour « {tenant} », et par moments non. {brand} suit la situation. Cela peut s’arranger tout seul : vous n’avez rien à faire pour le moment.',
  'flapping.broke': 'Dernière interruption le {moment} ({ago}).',
  'flapping.steps.title': 'Si cela continue',
  'flapping.closing':
    'Pour ne pas vous écrire à chaque changement, nous ne vous dirons plus rien à ce sujet avant que la situation soit restée stable pendant {duration}. Nous vous dirons alors ce qu’il en est.',

  'removed.heading': '{network} n’est plus connecté',
  'removed.heading.several': {
    one: '{count} de vos comptes de réseaux sociaux n’est plus connecté',
    other: '{count} de vos comptes de réseaux sociaux ne sont plus connectés',
  },
  'removed.intro': {
    one: 'L’un des comptes de réseaux sociaux de « {tenant} », que surveille {brand}, n’apparaît plus dans Constant Contact, qui ne peut donc plus y publier.',
    other:
      '{count} des comptes de réseaux sociaux de « {tenant} », que surveille {brand}, n’apparaissent plus dans Constant Contact, qui ne peut donc plus y publier.',
  },
  'removed.meaning':
    'Si c’est voulu, vous n’avez rien à faire. Sinon, rétablissez la connexion comme indiqué ci-dessous.',
  'removed.noticed': 'Constaté le {moment} ({ago}).',
  'removed.steps.title': 'Si ce n’était pas voulu',
  'removed.closing':
    'Nous ne vous enverrons pas de rappel. Dès que le compte sera reconnecté, nous le surveillerons comme avant.',

  'recovered.heading': '{network} fonctionne à nouveau',
  'recovered.heading.several': {
    one: '{count} de vos comptes de réseaux sociaux fonctionne à nouveau',
    other: '{count} de vos comptes de réseaux sociaux fonctionnent à nouveau',
  },
  'recovered.intro':
    'Merci. Constant Contact peut de nouveau y publier pour « {tenant} ». {brand} surveille ces comptes.',
  'recovered.duration': 'Fonctionne à nouveau depuis le {moment}. L’interruption a duré {duration}.',
  'recovered.closing':
    'Les publications programmées pendant ce temps n’ont peut-être pas paru. Parcourez vos publications programmées dans Constant Contact.',

  'reauthorize.heading': '{brand} a de nouveau besoin de votre autorisation',
  'reauthorize.heading.still': '{brand} a toujours besoin de votre autorisation',
  'reauthorize.intro':
    'Depuis le {moment} ({ago}), Constant Contact ne laisse plus {brand} consulter les comptes de réseaux sociaux de « {tenant} ». Cela arrive quand une autorisation a expiré, ou quand un utilisateur ou un mot de passe a changé.',
  'reauthorize.intro.scope':
    'Depuis le {moment} ({ago}), Constant Contact ne laisse plus {brand} consulter les comptes de réseaux sociaux de « {tenant} ». Il manque à l’autorisation donnée une partie dont {brand} a besoin : les campagnes, dont relèvent les comptes de réseaux sociaux.',

  'privileges.heading': '{brand} ne peut plus consulter vos comptes de réseaux sociaux',
  'privileges.heading.still': '{brand} ne peut toujours pas consulter vos comptes de réseaux sociaux',
  'privileges.intro':
    'Depuis le {moment} ({ago}), Constant Contact refuse de montrer à {brand} les comptes de réseaux sociaux de « {tenant} ». Cela arrive quand la personne qui a donné l’autorisation y a désormais un autre rôle.',
  'privileges.intro.known':
    'Depuis le {moment} ({ago}), Constant Contact refuse de montrer à {brand} les comptes de réseaux sociaux de « {tenant} ». La personne qui a donné l’autorisation n’y a pas le droit de consulter les campagnes ({privilege}).',

  'access.meaning':
    'Cela ne veut pas dire que les comptes eux-mêmes ont un problème. Cela veut dire que nous ne pouvons pas les vérifier, ni donc vous dire quand l’un d’eux a besoin de vous.',
  'access.privileges.help':
    'Demandez à la personne titulaire de votre compte Constant Contact de vérifier que l’auteur de cette autorisation peut encore consulter les campagnes, ou écrivez à {help} et nous vous aiderons.',
  'access.scope.help':
    'Quand Constant Contact vous demande ce que vous autorisez, autorisez tout ce qui figure dans la liste.',
  'access.last':
    'Ceci est notre dernier rappel. Nous ne vous écrirons plus à ce sujet avant de pouvoir consulter vos comptes. Nous continuons d’essayer et vous enverrons alors un court message.',
  'access.button': 'Nous écrire',
  'access.recovered.heading': '{brand} peut à nouveau consulter vos comptes de réseaux sociaux',
  'access.recovered.intro':
    'Merci. {brand} peut à nouveau vérifier les comptes de réseaux sociaux de « {tenant} » depuis le {moment}. L’interruption a duré {duration}.',
  'access.recovered.closing': 'Si l’un d’eux a besoin de vous, nous vous préviendrons.',

  'footer.page': 'Voir où en sont vos comptes de réseaux sociaux',
  'footer.page.access': 'Ouvrir votre page chez {brand}',
  'footer.preferences': 'Langue et rappels',
  'footer.not_mine': 'Ces comptes ne sont pas les miens',
  'footer.unsubscribe': 'Se désabonner de ces messages',
  'footer.named.owner':
    '{brand} s’occupe des comptes de réseaux sociaux de « {tenant} » et nous a donné cette adresse, car vous en êtes la personne responsable. Ce message a été envoyé automatiquement pour {brand}.',
  'footer.named.cc':
    '{brand} s’occupe des comptes de réseaux sociaux de « {tenant} » et nous a donné cette adresse, pour que vous soyez aussi au courant des problèmes. Ce message a été envoyé automatiquement pour {brand}.',
  'footer.why.owner':
    'Linkwatch vérifie les comptes de réseaux sociaux de « {tenant} » dans Constant Contact. La personne qui l’a mis en place pour « {tenant} » nous a donné cette adresse, car vous en êtes la personne responsable.',
  'footer.why.cc':
    'Linkwatch vérifie les comptes de réseaux sociaux de « {tenant} » dans Constant Contact. La personne qui l’a mis en place pour « {tenant} » nous a donné cette adresse, pour que vous soyez aussi au courant des problèmes.',
  'footer.also_to': 'Ce message a aussi été envoyé à {others}.',
  'footer.and_others': { one: '{count} autre personne', other: '{count} autres personnes' },
  'footer.questions': 'Des questions ? Écrivez à {help}.',
};
