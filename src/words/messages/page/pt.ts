import type { PageMessages } from './en.ts';

export const pagePt: PageMessages = {
  'access.reauthorize.help': 'Escreva para {help}, e ajudaremos você a renovar a permissão.',

  'page.intro': '{brand} acompanha as contas de redes sociais de {tenant} no Constant Contact.',
  'page.looked': 'Última verificação: {moment} ({ago}).',
  'page.never_looked': 'Elas ainda não foram verificadas.',
  'page.summary.needs_you': {
    one: 'Uma das suas contas de redes sociais precisa de você',
    other: '{count} das suas contas de redes sociais precisam de você',
  },
  'page.summary.access': 'Não conseguimos ver suas contas de redes sociais no momento',
  'page.summary.paused': 'Estas contas de redes sociais não estão sendo verificadas no momento',
  'page.summary.not_yet': 'Suas contas de redes sociais ainda não foram verificadas',
  'page.summary.empty': 'Nenhuma conta de redes sociais está conectada ao Constant Contact',
  'page.summary.well': 'Todas as suas contas de redes sociais funcionam',
  'page.summary.suspected': {
    one: 'Uma das suas contas de redes sociais pode ter um problema: estamos verificando de novo',
    other: '{count} das suas contas de redes sociais podem ter um problema: estamos verificando de novo',
  },
  'page.summary.unknown': {
    one: 'No momento não sabemos como está uma das suas contas de redes sociais',
    other: 'No momento não sabemos como estão {count} das suas contas de redes sociais',
  },
  'page.paused':
    'A verificação está em pausa: nada é verificado e ninguém recebe mensagens. Se você não esperava por isso, escreva para {help}.',
  'page.label.broken': 'Precisa de você',
  'page.label.waiting': 'Aguardando',
  'page.label.unobserved': 'Não verificada',
  'page.label.healthy': 'Funciona',
  'page.label.removed': 'Removida',
  'page.label.suspected': 'Em verificação',
  'page.suspected': 'Pode haver algo errado aqui. Verificaremos de novo antes de pedir qualquer coisa a você.',
  'page.recovering': 'Funciona. Verificaremos mais uma vez para ter certeza.',
  'page.wait': 'Você não precisa fazer nada. Um limite assim costuma acabar sozinho.',
  'page.check_failed': 'A rede {network} não respondeu quando o Constant Contact perguntou. Continuaremos verificando.',
  'page.removed': 'Esta conta não está mais conectada ao Constant Contact. Se foi de propósito, está tudo bem.',
  'page.last_seen': 'Última verificação: {moment}.',
  'page.not_seen': 'Ainda não verificada.',
  'page.snoozed': 'Sem lembretes sobre ela até {moment}.',
  'page.snoozed_until_fixed': 'Sem lembretes sobre ela até que funcione.',
  'page.range': 'Contas {from} a {to} de {total}',
  'page.previous': 'Contas anteriores',
  'page.next': 'Mais contas',
  'page.list': 'Suas contas de redes sociais',
  'page.guest':
    'Esta página foi repassada a você para que veja como estão estas contas e possa pedir que sejam verificadas. Nada mais pode ser alterado.',
  'page.guest.only': 'Esta página só pode ser consultada',
  'page.guest.only.line':
    'Ela foi repassada para que você veja como estão estas contas e possa pedir que sejam verificadas. O resto só pode ser feito pela pessoa que recebe as mensagens.',
  'page.note.unsubscribed': 'Você cancelou o recebimento: não enviamos a você mensagens sobre estas contas.',
  'page.note.not_mine': 'Você disse que estas contas não são suas: não enviamos a você mensagens sobre elas.',
  'page.note.undeliverable':
    'Não foi possível entregar as mensagens para {email}, por isso não enviamos nenhuma a você.',
  'page.note.reminders_off': 'Você não recebe lembretes porque escolheu assim.',
  'page.nav': 'O que mais você pode fazer',
  'page.link.check': 'Já reconectei: verificar agora',
  'page.link.snooze': 'Pausar os lembretes',
  'page.link.preferences': 'Idioma e lembretes',
  'page.link.not_mine': 'Estas contas não são minhas',
  'page.link.unsubscribe': 'Cancelar o recebimento destas mensagens',
  'page.link.return.unsubscribed': 'Quero receber estas mensagens, sim',
  'page.link.return.not_mine': 'Elas são minhas, sim',
  'page.link.return.undeliverable': 'Voltar a escrever para mim',
  'page.back': 'Voltar às suas contas de redes sociais',
  'page.save': 'Salvar',
  'page.check.heading': 'Verificar agora?',
  'page.check.line':
    'Perguntaremos agora mesmo ao Constant Contact sobre as contas de redes sociais de {tenant}. Isso pode levar alguns segundos. Depois você verá o resultado aqui.',
  'page.check.button': 'Verificar agora',
  'page.snooze.heading': 'Pausar os lembretes',
  'page.snooze.owner':
    'Isto se refere ao que precisa de você agora e vale para todos os que recebem lembretes a respeito.',
  'page.snooze.cc': 'Isto se refere ao que precisa de alguém agora e vale só para você.',
  'page.snooze.still': 'Mesmo assim, avisaremos quando voltar a funcionar e quando acontecer algo pior.',
  'page.snooze.legend': 'Por quanto tempo?',
  'page.snooze.day': 'Um dia',
  'page.snooze.week': 'Uma semana',
  'page.snooze.until_fixed': 'Até ser resolvido',
  'page.snooze.ended': 'Nenhum: quero voltar a receber lembretes',
  'page.snooze.nothing': 'Nada precisa de você agora, por isso não há lembretes.',
  'page.preferences.heading': 'Idioma e lembretes',
  'page.preferences.language': 'Em que idioma você lê?',
  'page.preferences.default': 'O da conta ({language})',
  'page.preferences.reminders': 'Quando algo continuar sem funcionar',
  'page.preferences.on': 'Lembrar-me de vez em quando',
  'page.preferences.off': 'Avisar-me uma vez, sem lembretes',
  'page.not_mine.heading': 'Estas contas não são suas?',
  'page.not_mine.line': 'Não vamos mais escrever para {email} sobre as contas de redes sociais de {tenant}.',
  'page.not_mine.operator':
    'Se mais ninguém recebe estas mensagens, avisaremos {brand}, para que se possa perguntar a outra pessoa.',
  'page.not_mine.button': 'Elas não são minhas',
  'page.unsubscribe.heading': 'Cancelar o recebimento?',
  'page.unsubscribe.line':
    'Não vamos mais escrever para {email} quando uma das contas de redes sociais de {tenant} precisar de atenção. Publicações podem então falhar sem que você saiba.',
  'page.unsubscribe.button': 'Cancelar o recebimento',
  'page.return.heading': 'Quer voltar a receber estas mensagens?',
  'page.return.line':
    'Voltaremos a escrever para {email} quando uma das contas de redes sociais de {tenant} precisar de você.',
  'page.return.button': 'Sim, escrevam para mim',
  'page.return.already': 'Você já recebe estas mensagens.',
  'page.expired.heading': 'Este link expirou',
  'page.expired.line': 'As mensagens mais recentes de {brand} trazem um link mais novo.',
  'page.nowhere.heading': 'Este link não leva a lugar nenhum',
  'page.nowhere.line': 'Ele pode estar incompleto ou ser de uma conta que não é mais acompanhada aqui.',
  'page.help': 'Se precisar de ajuda, escreva para {help}.',
  'page.forged.heading': 'Nada mudou',
  'page.forged.line': 'O que foi enviado não veio da nossa página, ou a página ficou aberta por tempo demais.',
  'page.forged.again': 'Abra a página de novo e aperte o botão lá',

  'page.trouble.away': 'Não é possível mostrar esta página no momento',
  'page.trouble.failed': 'Algo deu errado aqui, e não foi culpa sua',
  'page.trouble.line': 'Tente novamente daqui a alguns minutos. Nada foi perdido.',
  'page.trouble.form':
    'O que você pediu talvez ainda não tenha sido feito. Você pode pedir de novo: pedir duas vezes não causa nenhum problema.',
  'page.trouble.again': 'Tentar novamente',

  'page.done.snoozed_day': 'Sem lembretes sobre isto por um dia. Mesmo assim, avisaremos quando voltar a funcionar.',
  'page.done.snoozed_week':
    'Sem lembretes sobre isto por uma semana. Mesmo assim, avisaremos quando voltar a funcionar.',
  'page.done.snoozed_until_fixed':
    'Não haverá mais lembretes sobre isto. Mesmo assim, avisaremos quando voltar a funcionar.',
  'page.done.snoozed_ended': 'Voltaremos a enviar lembretes enquanto algo precisar de você.',
  'page.done.nothing_to_snooze': 'Nada precisa de você agora, por isso não havia lembrete para pausar.',
  'page.done.unsubscribed':
    'Você cancelou o recebimento. Não vamos mais escrever para você sobre estas contas de redes sociais.',
  'page.done.not_mine': 'Agradecemos. Não vamos mais escrever para você sobre estas contas de redes sociais.',
  'page.done.returned': 'Voltaremos a escrever para você quando uma destas contas de redes sociais precisar de você.',
  'page.done.preferred': 'Sua escolha foi salva.',
  'page.done.works': 'Acabamos de verificar: tudo funciona.',
  'page.done.works_so_far':
    'Acabamos de verificar: funciona. Para ter certeza, verificaremos mais uma vez em {duration}.',
  'page.done.needs_you': 'Acabamos de verificar: algo ainda precisa de você. Verificaremos de novo em {duration}.',
  'page.done.suspected':
    'Acabamos de verificar: pode haver algo errado. Verificaremos mais uma vez em {duration}, antes de pedir qualquer coisa a você.',
  'page.done.limited':
    'Acabamos de verificar: nada precisa de você, mas uma rede está limitando as publicações por enquanto.',
  'page.done.unsure':
    'O Constant Contact respondeu, mas não sabe dizer como estão todas as contas. Verificaremos mais uma vez em {duration}.',
  'page.done.no_answer': 'O Constant Contact não respondeu, por isso não sabemos nada de novo. Continuaremos tentando.',
  'page.done.still_asking': 'O Constant Contact ainda não respondeu. Volte a esta página em um minuto.',
  'page.done.used_up':
    'Não temos mais consultas ao Constant Contact por hoje e não pudemos verificar. Continuaremos por conta própria: {moment}.',
  'page.done.asked_just_now':
    'Verificamos há menos de um minuto e não verificamos de novo. Isto é o que vimos; você pode pedir outra vez em um minuto.',
  'page.done.paused': 'Não verificamos, porque a verificação destas contas de redes sociais está em pausa.',
  'page.done.access_lost':
    'Não pudemos verificar: o Constant Contact não nos deixa ver estas contas de redes sociais no momento.',
};
