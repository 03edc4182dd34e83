import type { Messages } from './en.ts';

/** No word that loses its vowel (`de`, `que`) stands before a bare name: the name may begin with one. */
export const fr: Messages = {
  colon: ' :',
  'account.unnamed': 'compte {accountId}',
  'network.unnamed': 'Réseau social',
  'tenant.unnamed': 'votre compte',

  'subject.reconnect': 'Reconnectez {network} ({account}) pour continuer à publier',
  'subject.choose_profile': 'Choisissez une page ou un profil pour {network} ({account}) afin de continuer à publier',
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
  'subject.flapping': '{network} ({account}) fonctionne par intermittence',
  'subject.flapping.several': {
    one: '{count} compte de réseaux sociaux ({tenant}) fonctionne par intermittence',
    other: '{count} comptes de réseaux sociaux ({tenant}) fonctionnent par intermittence',
  },
  'subject.removed': '{network} ({account}) n’est plus connecté dans Constant Contact',
  'subject.removed.several': {
    one: '{count} compte de réseaux sociaux ({tenant}) n’est plus connecté dans Constant Contact',
    other: '{count} comptes de réseaux sociaux ({tenant}) ne sont plus connectés dans Constant Contact',
  },
  'subject.reauthorize': 'Linkwatch a de nouveau besoin de votre autorisation pour {tenant}',
  'subject.privileges': 'Linkwatch ne peut plus consulter vos comptes de réseaux sociaux ({tenant})',
  'subject.access_recovered': 'Linkwatch voit à nouveau vos comptes de réseaux sociaux ({tenant})',

  'alert.heading.reconnect': 'Il faut reconnecter {network}',
  'alert.heading.choose_profile': 'Il manque une page ou un profil pour {network}',
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
    'Constant Contact a perdu la connexion à l’un des comptes de réseaux sociaux de « {tenant} ». Seule une personne peut la rétablir, et cela ne prend que quelques minutes.',
  'alert.intro.choose_profile':
    'L’un des comptes de réseaux sociaux de « {tenant} » est connecté à Constant Contact, mais n’a ni page ni profil où publier. Seule une personne peut faire ce choix, et cela ne prend que quelques minutes.',
  'alert.intro.several':
    'Constant Contact ne peut pas publier sur certains comptes de réseaux sociaux de « {tenant} ». Seule une personne peut y remédier, et cela ne prend que quelques minutes.',
  'alert.intro.wait':
    'Vous n’avez rien à faire. Nous souhaitons seulement que vous sachiez pourquoi des publications peuvent être retardées.',
  'alert.intro.baseline':
    'Linkwatch a commencé à surveiller les comptes de réseaux sociaux de « {tenant} » dans Constant Contact, et a fait ce constat dès le début.',
  'alert.intro.settled_broken':
    'Après avoir fonctionné par intermittence, la connexion est maintenant interrompue depuis des heures. Il est peu probable qu’elle se rétablisse d’elle-même.',
  'alert.closing':
    'Dès que tout fonctionnera à nouveau, Linkwatch le remarquera de lui-même et vous enverra un court message.',
  'alert.closing.wait':
    'Une telle limite est en général levée d’elle-même. Linkwatch continue sa surveillance et vous enverra alors un court message.',

  'reminder.heading.reconnect': 'Il faut toujours reconnecter {network}',
  'reminder.heading.choose_profile': 'Il manque toujours une page ou un profil pour {network}',
  'reminder.heading.several': {
    one: '{count} de vos comptes de réseaux sociaux a toujours besoin de vous',
    other: '{count} de vos comptes de réseaux sociaux ont toujours besoin de vous',
  },
  'reminder.intro':
    'Cela dure maintenant depuis {duration}, et Constant Contact ne peut toujours pas y publier pour « {tenant} ».',
  'reminder.last':
    'Ceci est le dernier rappel : Linkwatch ne vous écrira plus à ce sujet avant que tout fonctionne à nouveau. Il continue sa surveillance et vous enverra alors un court message.',

  'problem.token_missing': 'Constant Contact n’a plus d’autorisation pour utiliser ce compte.',
  'problem.token_invalid': '{network} n’accepte plus l’autorisation dont Constant Contact dispose pour ce compte.',
  'problem.scopes_missing': 'Il manque à Constant Contact certaines des autorisations nécessaires pour ce compte.',
  'problem.no_profile': 'Le compte est connecté, mais aucune page ni aucun profil n’est choisi pour publier.',
  'problem.rate_limited':
    '{network} limite le nombre de publications, soit pour ce compte, soit pour Constant Contact dans son ensemble.',
  'problem.other': 'Constant Contact signale un problème avec ce compte.',
  'problem.since': 'Depuis le {moment} ({ago}).',
  'problem.baseline': 'Constaté le {moment} ; cela dure peut-être depuis plus longtemps.',
  'problem.effect.reconnect': 'Les publications prévues n’y paraîtront pas tant que le compte n’est pas reconnecté.',
  'problem.effect.choose_profile': 'Les publications prévues n’y paraîtront pas tant que ce choix n’est pas fait.',
  'problem.effect.wait': 'Les publications prévues pourraient ne pas y paraître tant que la limite n’est pas levée.',
  'problem.effect.none': 'Les publications prévues pourraient ne pas y paraître.',

  'button.reconnect': 'Reconnecter dans Constant Contact',
  'button.choose_profile': 'Choisir dans Constant Contact',
  'button.several': 'Ouvrir Constant Contact',
  'link.check.reconnect': 'J’ai reconnecté : vérifier maintenant',
  'link.check.done': 'C’est fait : vérifier maintenant',
  'link.snooze': 'Me le rappeler plus tard',
  'steps.title': 'Ce qu’il faut faire',
  'step.sign_in': 'Connectez-vous à Constant Contact.',
  'step.open_settings': 'Ouvrez les paramètres de vos comptes de réseaux sociaux.',
  'step.reconnect':
    'Reconnectez {network} pour {account}. Connectez-vous à {network} comme la personne qui gère ce compte, et accordez toutes les autorisations demandées.',
  'step.choose_profile':
    'Pour {network}, {account} : choisissez la page ou le profil où vos publications doivent paraître.',
  'step.connect':
    'Connectez à nouveau {network} pour {account}. Connectez-vous à {network} comme la personne qui gère ce compte, et accordez toutes les autorisations demandées.',

  'flapping.heading': '{network} fonctionne par intermittence',
  'flapping.heading.several': {
    one: '{count} de vos comptes de réseaux sociaux fonctionne par intermittence',
    other: '{count} de vos comptes de réseaux sociaux fonctionnent par intermittence',
  },
  'flapping.intro':
    'Par moments, Constant Contact peut y publier pour « {tenant} », et par moments non. Cela peut s’arranger tout seul : vous n’avez rien à faire pour le moment.',
  'flapping.broke': 'Dernière interruption le {moment} ({ago}).',
  'flapping.steps.title': 'Si cela continue',
  'flapping.closing':
    'Pour ne pas vous écrire à chaque changement, Linkwatch ne vous dira plus rien à ce sujet avant que la situation soit restée stable pendant {duration}. Il vous dira alors ce qu’il en est.',

  'removed.heading': '{network} n’est plus connecté',
  'removed.heading.several': {
    one: '{count} de vos comptes de réseaux sociaux n’est plus connecté',
    other: '{count} de vos comptes de réseaux sociaux ne sont plus connectés',
  },
  'removed.intro': {
    one: 'L’un des comptes de réseaux sociaux de « {tenant} » n’apparaît plus dans Constant Contact, qui ne peut donc plus y publier.',
    other:
      '{count} des comptes de réseaux sociaux de « {tenant} » n’apparaissent plus dans Constant Contact, qui ne peut donc plus y publier.',
  },
  'removed.meaning':
    'Si c’est voulu, vous n’avez rien à faire. Sinon, rétablissez la connexion comme indiqué ci-dessous.',
  'removed.noticed': 'Constaté le {moment} ({ago}).',
  'removed.steps.title': 'Si ce n’était pas voulu',
  'removed.closing':
    'Aucun rappel ne suivra. Si la connexion est rétablie, Linkwatch le remarquera de lui-même et reprendra sa surveillance.',

  'recovered.heading': '{network} fonctionne à nouveau',
  'recovered.heading.several': {
    one: '{count} de vos comptes de réseaux sociaux fonctionne à nouveau',
    other: '{count} de vos comptes de réseaux sociaux fonctionnent à nouveau',
  },
  'recovered.intro': 'Merci. Constant Contact peut de nouveau y publier pour « {tenant} ».',
  'recovered.duration': 'Fonctionne à nouveau depuis le {moment}. L’interruption a duré {duration}.',
  'recovered.closing':
    'Les publications prévues pendant ce temps n’ont peut-être pas paru. Un coup d’œil à votre calendrier dans Constant Contact est utile.',

  'reauthorize.heading': 'Linkwatch a de nouveau besoin de votre autorisation',
  'reauthorize.heading.still': 'Linkwatch a toujours besoin de votre autorisation',
  'reauthorize.intro':
    'Depuis le {moment} ({ago}), Constant Contact ne laisse plus Linkwatch consulter les comptes de réseaux sociaux de « {tenant} ». Cela peut arriver quand une autorisation a expiré, ou quand un utilisateur ou un mot de passe a changé.',
  'privileges.heading': 'Linkwatch ne peut plus consulter vos comptes de réseaux sociaux',
  'privileges.heading.still': 'Linkwatch ne peut toujours pas consulter vos comptes de réseaux sociaux',
  'privileges.intro':
    'Depuis le {moment} ({ago}), Constant Contact refuse de montrer à Linkwatch les comptes de réseaux sociaux de « {tenant} ». Cela peut arriver quand la personne qui a donné son autorisation à Linkwatch y a désormais un autre rôle.',
  'access.meaning':
    'Cela ne dit rien des comptes eux-mêmes : tout va peut-être très bien. Cela signifie que Linkwatch ne peut pas les surveiller, ni donc vous dire quand l’un d’eux a besoin de vous.',
  'access.reauthorize.help':
    'Écrivez à {help}, et nous vous aiderons à donner de nouveau votre autorisation à Linkwatch.',
  'access.privileges.help':
    'Demandez à la personne titulaire de votre compte Constant Contact de vérifier que l’auteur de cette autorisation peut encore consulter les campagnes, ou écrivez à {help} et nous vous aiderons.',
  'access.last':
    'Ceci est le dernier rappel : Linkwatch ne vous écrira plus à ce sujet avant de pouvoir consulter vos comptes. Il continue d’essayer et vous enverra alors un court message.',
  'access.button': 'Nous écrire',
  'access.recovered.heading': 'Linkwatch voit à nouveau vos comptes de réseaux sociaux',
  'access.recovered.intro':
    'Merci. Linkwatch surveille à nouveau les comptes de réseaux sociaux de « {tenant} » depuis le {moment}. L’interruption a duré {duration}.',
  'access.recovered.closing': 'Si l’un d’eux a besoin de vous, nous vous préviendrons.',

  'footer.page': 'Voir où en sont vos comptes de réseaux sociaux',
  'footer.page.access': 'Ouvrir votre page Linkwatch',
  'footer.preferences': 'Langue et rappels',
  'footer.not_mine': 'Cela ne me concerne pas',
  'footer.unsubscribe': 'Se désabonner de ces messages',
  'footer.why.owner':
    'Vous recevez ce message parce que Linkwatch surveille les comptes de réseaux sociaux de « {tenant} » dans Constant Contact, et que vous en avez la responsabilité.',
  'footer.why.cc':
    'Vous recevez ce message parce que Linkwatch surveille les comptes de réseaux sociaux de « {tenant} » dans Constant Contact, et que votre adresse y est indiquée pour être aussi prévenue des problèmes.',
  'footer.also_to': 'Il a aussi été envoyé à {others}.',
  'footer.questions': 'Des questions ? Écrivez à {help}.',
};
