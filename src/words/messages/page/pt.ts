import type { PageMessages } from './en.ts';

export const pagePt: PageMessages = {
  'page.intro': 'As contas de redes sociais de {tenant} no Constant Contact.',
  'page.looked': 'Última verificação do Linkwatch: {moment} ({ago}).',
  'page.never_looked': 'O Linkwatch ainda não verificou.',

  'page.summary.needs_you': {
    one: 'Uma das suas contas de redes sociais precisa de você',
    other: '{count} das suas contas de redes sociais precisam de você',
  },
  'page.summary.access': 'O Linkwatch não consegue ver suas contas de redes sociais no momento',
  'page.summary.paused': 'O Linkwatch não está acompanhando estas contas de redes sociais no momento',
  'page.summary.not_yet': 'O Linkwatch ainda não viu suas contas de redes sociais',
  'page.summary.empty': 'Nenhuma conta de redes sociais está conectada ao Constant Contact',
  'page.summary.well': 'Todas as suas contas de redes sociais funcionam',
  'page.summary.no_need': 'Nenhuma das suas contas de redes sociais precisa de você',
  'page.paused':
    'O acompanhamento está em pausa: o Linkwatch não verifica nada e não escreve para ninguém. Se você não esperava por isso, escreva para {help}.',

  'page.label.broken': 'Precisa de você',
  'page.label.waiting': 'Aguardando',
  'page.label.unobserved': 'Não vista',
  'page.label.healthy': 'Funciona',
  'page.label.removed': 'Removida',
  'page.label.suspected': 'Em verificação',
  'page.suspected': 'Pode haver algo errado aqui. O Linkwatch verifica de novo antes de pedir qualquer coisa a você.',
  'page.recovering': 'Funciona. O Linkwatch verifica mais uma vez para ter certeza.',
  'page.wait': 'Você não precisa fazer nada: um limite assim costuma acabar sozinho.',
  'page.check_failed':
    'A rede {network} não respondeu quando o Constant Contact perguntou. O Linkwatch continua verificando.',
  'page.removed': 'Esta conta não está mais conectada ao Constant Contact. Se foi de propósito, está tudo bem.',
  'page.last_seen': 'Vista pelo Linkwatch pela última vez: {moment}.',
  'page.not_seen': 'O Linkwatch ainda não a viu.',
  'page.snoozed': 'Sem lembretes sobre ela até {moment}.',
  'page.snoozed_until_fixed': 'Sem lembretes sobre ela até que funcione.',

  'page.note.unsubscribed': 'Você cancelou o recebimento: o Linkwatch não envia a você mensagens sobre estas contas.',
  'page.note.not_mine': 'Você disse que estas contas não são suas: o Linkwatch não envia a você mensagens sobre elas.',
  'page.note.undeliverable':
    'As mensagens para {email} foram recusadas como não entregáveis, por isso o Linkwatch não as envia a você.',
  'page.note.reminders_off': 'Você não recebe lembretes porque escolheu assim.',

  'page.nav': 'O que mais você pode fazer',
  'page.link.check': 'Já reconectei: verificar agora',
  'page.link.snooze': 'Sem lembretes por um tempo',
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
    'O Linkwatch pergunta na hora ao Constant Contact sobre as contas de redes sociais de {tenant}, o que pode levar alguns segundos. Depois você vê aqui o que foi encontrado.',
  'page.check.button': 'Verificar agora',

  'page.snooze.heading': 'Sem lembretes por um tempo',
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
  'page.not_mine.line': 'O Linkwatch não vai mais escrever para {email} sobre as contas de redes sociais de {tenant}.',
  'page.not_mine.operator':
    'Se mais ninguém recebe estas mensagens, quem administra o Linkwatch é avisado, para poder perguntar a outra pessoa.',
  'page.not_mine.button': 'Elas não são minhas',

  'page.unsubscribe.heading': 'Cancelar o recebimento?',
  'page.unsubscribe.line':
    'O Linkwatch não vai mais escrever para {email} quando uma das contas de redes sociais de {tenant} precisar de atenção. Publicações podem então falhar sem que você saiba.',
  'page.unsubscribe.button': 'Cancelar o recebimento',

  'page.return.heading': 'Quer voltar a receber estas mensagens?',
  'page.return.line':
    'O Linkwatch vai voltar a escrever para {email} quando uma das contas de redes sociais de {tenant} precisar de você.',
  'page.return.button': 'Sim, escrevam para mim',
  'page.return.already': 'Você já recebe estas mensagens.',

  'page.expired.heading': 'Este link expirou',
  'page.expired.line': 'As mensagens mais recentes do Linkwatch trazem um link mais novo.',
  'page.nowhere.heading': 'Este link não leva a lugar nenhum',
  'page.nowhere.line': 'Ele pode estar incompleto ou ser de uma conta que o Linkwatch não acompanha mais.',
  'page.help': 'Se precisar de ajuda, escreva para {help}.',
  'page.forged.heading': 'Nada mudou',
  'page.forged.line': 'O que foi enviado não veio da nossa página, ou a página ficou aberta por tempo demais.',
  'page.forged.again': 'Abra a página de novo e aperte o botão lá',

  'page.done.snoozed_day': 'Sem lembretes sobre isto por um dia. Mesmo assim, avisaremos quando voltar a funcionar.',
  'page.done.snoozed_week':
    'Sem lembretes sobre isto por uma semana. Mesmo assim, avisaremos quando voltar a funcionar.',
  'page.done.snoozed_until_fixed':
    'Não haverá mais lembretes sobre isto. Mesmo assim, avisaremos quando voltar a funcionar.',
  'page.done.snoozed_ended': 'O Linkwatch volta a enviar lembretes enquanto algo precisar de você.',
  'page.done.nothing_to_snooze': 'Nada precisa de você agora, por isso não havia lembrete para interromper.',
  'page.done.unsubscribed':
    'Você cancelou o recebimento. O Linkwatch não vai mais escrever para você sobre estas contas de redes sociais.',
  'page.done.not_mine': 'Obrigado. O Linkwatch não vai mais escrever para você sobre estas contas de redes sociais.',
  'page.done.returned':
    'O Linkwatch volta a escrever para você quando uma destas contas de redes sociais precisar de você.',
  'page.done.preferred': 'Sua escolha foi salva.',
  'page.done.works': 'O Linkwatch acabou de verificar: tudo funciona.',
  'page.done.works_so_far':
    'O Linkwatch acabou de verificar: funciona. Para ter certeza, verifica mais uma vez em {duration}.',
  'page.done.needs_you':
    'O Linkwatch acabou de verificar: algo ainda precisa de você. Ele verifica de novo em {duration}.',
  'page.done.suspected':
    'O Linkwatch acabou de verificar: pode haver algo errado. Ele verifica mais uma vez em {duration}, antes de pedir qualquer coisa a você.',
  'page.done.limited':
    'O Linkwatch acabou de verificar: nada precisa de você, mas uma rede está limitando as publicações por enquanto.',
  'page.done.unsure':
    'O Constant Contact respondeu, mas não sabe como estão todas as contas. O Linkwatch verifica mais uma vez em {duration}.',
  'page.done.no_answer':
    'O Constant Contact não respondeu, por isso não há nada de novo. O Linkwatch continua tentando sozinho.',
  'page.done.still_asking': 'O Constant Contact ainda não respondeu. Volte a esta página em um minuto.',
  'page.done.used_up':
    'O Linkwatch não tem mais consultas ao Constant Contact por hoje e não pôde verificar. Ele continua sozinho: {moment}.',
  'page.done.asked_just_now':
    'O Linkwatch verificou há menos de um minuto e não verificou de novo. Isto é o que ele viu; você pode pedir outra vez em um minuto.',
  'page.done.paused':
    'O Linkwatch não verificou, porque o acompanhamento destas contas de redes sociais está em pausa.',
  'page.done.access_lost':
    'O Linkwatch não pôde verificar: o Constant Contact não o deixa ver estas contas de redes sociais no momento.',
};
