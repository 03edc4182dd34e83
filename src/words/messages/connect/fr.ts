import type { ConnectMessages } from './en.ts';

export const connectFr: ConnectMessages = {
  'subject.invitation': 'Autorisez {brand} à vérifier vos comptes de réseaux sociaux ({tenant})',
  'invitation.heading': 'Connectez votre compte Constant Contact',
  'invitation.intro':
    '{brand} garde un œil sur vos comptes de réseaux sociaux ({tenant}) qui sont connectés à Constant Contact, et vous écrit quand l’un d’eux ne fonctionne plus, avant qu’une publication prévue n’échoue. Pour cela, votre autorisation est nécessaire.',
  'invitation.how':
    'Le bouton ouvre une page qui vous mène à Constant Contact. Connectez-vous-y en tant que titulaire du compte, et autorisez l’accès. Cela prend une minute, et nous ne voyons jamais votre mot de passe.',
  'invitation.scope':
    'Constant Contact vous demandera si nous pouvons utiliser vos campagnes, car il n’a pas d’autorisation plus restreinte pour cela. Nous regardons seulement comment vont vos comptes de réseaux sociaux, et ne modifions rien.',
  'invitation.button': 'Connecter le compte',
  'invitation.closing':
    'Le lien fonctionne une seule fois, pendant 7 jours. Si vous n’attendiez pas ce message, vous n’avez rien à faire.',
  'invitation.why':
    'Vous recevez ce message car la personne qui a mis cela en place pour vous nous a donné cette adresse.',
  'access.connect.help':
    'Appuyez sur le bouton, identifiez-vous auprès de Constant Contact en tant que titulaire du compte, et autorisez de nouveau l’accès. Cela prend une minute.',
  'access.connect.button': 'Renouveler l’autorisation',
  'connect.heading': '{brand} peut-il vérifier vos comptes de réseaux sociaux ({tenant}) ?',
  'connect.how':
    'Le bouton mène à Constant Contact. Connectez-vous-y en tant que titulaire du compte, et autorisez l’accès. Vous revenez ensuite ici.',
  'connect.button': 'Continuer vers Constant Contact',
  'connect.asks.heading': 'Est-ce le bon compte ?',
  'connect.asks.line':
    'Vous vous êtes connecté en tant que « {found} », mais ce lien est prévu pour un autre compte ({tenant}). Rien n’a changé pour l’instant.',
  'connect.asks.other':
    'Le compte auquel vous vous êtes connecté est déjà vérifié. Si vous continuez, son autorisation est renouvelée.',
  'connect.asks.take': 'Oui, connecter « {found} »',
  'connect.asks.again': 'Se connecter à un autre compte',
  'connect.nameless': 'un compte sans nom',
  'connect.done.heading': 'Merci, le compte est connecté',
  'connect.done.line': '{brand} garde désormais un œil sur vos comptes de réseaux sociaux ({tenant}).',
  'connect.done.seen': {
    one: 'Une première vérification a trouvé {count} compte de réseaux sociaux.',
    other: 'Une première vérification a trouvé {count} comptes de réseaux sociaux.',
  },
  'connect.done.broken':
    'Au moins l’un d’eux a peut-être besoin de vous. Votre page dit lequel, et vous recevez un message dès que c’est certain.',
  'connect.done.later': 'La première vérification suivra bientôt.',
  'connect.denied.heading': 'Vous n’avez pas autorisé l’accès',
  'connect.denied.line': 'Rien n’a changé. Vous pouvez réessayer quand vous voulez.',
  'connect.scopes.heading': 'Une autorisation manque',
  'connect.scopes.line':
    'Constant Contact n’a pas donné tout ce qui est nécessaire ({scopes}), donc rien n’a changé. Réessayez, et autorisez tout. Si cela se reproduit, écrivez à {help}.',
  'connect.failed.heading': 'Cela n’a pas fonctionné',
  'connect.failed.line':
    'Constant Contact n’a pas répondu comme prévu, donc rien n’a changé. Réessayez dans quelques minutes. Si cela se reproduit, écrivez à {help}.',
  'connect.stale.heading': 'Veuillez recommencer',
  'connect.stale.line':
    'Cette réponse ne correspond à aucune page ouverte dans ce navigateur, ou la page est restée ouverte trop longtemps. Rien n’a changé. Ouvrez de nouveau le lien de notre message.',
  'connect.again': 'Réessayer',
  'connect.used.heading': 'Ce lien a déjà été utilisé',
  'connect.used.line':
    'Le compte a été connecté avec lui, ou avec un plus récent, vous n’avez donc rien à faire. Chaque lien fonctionne une seule fois.',
  'connect.expired.line': 'Un tel lien fonctionne pendant quelques jours. Écrivez à {help} pour en recevoir un autre.',
};
