import type { Messages } from './en.ts';

/** As in Brazil, where most readers of Portuguese are, and where networks are masculine: o Facebook. */
export const pt: Messages = {
  colon: ':',
  'account.unnamed': 'conta {accountId}',
  'network.unnamed': 'Canal social',
  'tenant.unnamed': 'sua conta',

  'subject.reconnect': 'Reconecte o {network} ({account}) para continuar publicando',
  'subject.choose_profile': 'Escolha uma página ou um perfil para o {network} ({account}) e continue publicando',
  'subject.wait': 'O {network} ({account}) está limitando as publicações por enquanto: nada a fazer',
  'subject.wait.several': {
    one: '{count} conta de redes sociais de {tenant} está limitada por enquanto: nada a fazer',
    other: '{count} contas de redes sociais de {tenant} estão limitadas por enquanto: nada a fazer',
  },
  'subject.several': {
    one: '{count} conta de redes sociais de {tenant} precisa de você',
    other: '{count} contas de redes sociais de {tenant} precisam de você',
  },
  'subject.reminder': 'Lembrete: {subject}',
  'subject.recovered': 'O {network} ({account}) voltou a funcionar',
  'subject.recovered.several': {
    one: '{count} conta de redes sociais de {tenant} voltou a funcionar',
    other: '{count} contas de redes sociais de {tenant} voltaram a funcionar',
  },
  'subject.flapping': 'O {network} ({account}) falha e volta a funcionar repetidamente',
  'subject.flapping.several': {
    one: '{count} conta de redes sociais de {tenant} falha e volta a funcionar repetidamente',
    other: '{count} contas de redes sociais de {tenant} falham e voltam a funcionar repetidamente',
  },
  'subject.removed': 'O {network} ({account}) não está mais conectado no Constant Contact',
  'subject.removed.several': {
    one: '{count} conta de redes sociais de {tenant} não está mais conectada no Constant Contact',
    other: '{count} contas de redes sociais de {tenant} não estão mais conectadas no Constant Contact',
  },
  'subject.reauthorize': 'O Linkwatch precisa novamente da sua permissão para {tenant}',
  'subject.privileges': 'O Linkwatch não pode mais consultar as contas de redes sociais de {tenant}',
  'subject.access_recovered': 'O Linkwatch voltou a ver as contas de redes sociais de {tenant}',

  'alert.heading.reconnect': 'É preciso reconectar o {network}',
  'alert.heading.choose_profile': 'Falta uma página ou um perfil para o {network}',
  'alert.heading.wait': 'O {network} está limitando as publicações por enquanto',
  'alert.heading.several': {
    one: '{count} das suas contas de redes sociais precisa de você',
    other: '{count} das suas contas de redes sociais precisam de você',
  },
  'alert.heading.wait.several': {
    one: '{count} das suas contas de redes sociais está limitada por enquanto',
    other: '{count} das suas contas de redes sociais estão limitadas por enquanto',
  },
  'alert.intro.reconnect':
    'O Constant Contact perdeu a conexão com uma das contas de redes sociais de {tenant}. Só uma pessoa pode restabelecê-la, e isso leva poucos minutos.',
  'alert.intro.choose_profile':
    'Uma das contas de redes sociais de {tenant} está conectada ao Constant Contact, mas não tem página nem perfil onde publicar. Só uma pessoa pode fazer essa escolha, e isso leva poucos minutos.',
  'alert.intro.several':
    'O Constant Contact não consegue publicar em algumas das contas de redes sociais de {tenant}. Só uma pessoa pode resolver isso, e leva poucos minutos.',
  'alert.intro.wait':
    'Você não precisa fazer nada. Só queremos que você saiba por que algumas publicações podem atrasar.',
  'alert.intro.baseline':
    'O Linkwatch começou a monitorar as contas de redes sociais de {tenant} no Constant Contact e encontrou isto logo no início.',
  'alert.intro.settled_broken':
    'Depois de falhar e voltar a funcionar repetidamente, a conexão está agora há horas sem funcionar. É pouco provável que volte sozinha.',
  'alert.closing': 'Quando voltar a funcionar, o Linkwatch perceberá sozinho e enviará a você uma mensagem curta.',
  'alert.closing.wait':
    'Um limite assim costuma acabar sozinho. O Linkwatch continua monitorando e então enviará a você uma mensagem curta.',

  'reminder.heading.reconnect': 'Ainda é preciso reconectar o {network}',
  'reminder.heading.choose_profile': 'Ainda falta uma página ou um perfil para o {network}',
  'reminder.heading.several': {
    one: '{count} das suas contas de redes sociais ainda precisa de você',
    other: '{count} das suas contas de redes sociais ainda precisam de você',
  },
  'reminder.intro': 'Isso já dura {duration}, e o Constant Contact ainda não consegue publicar ali para {tenant}.',
  'reminder.last':
    'Este é o último lembrete: o Linkwatch só voltará a escrever sobre isso quando estiver funcionando. Ele continua monitorando e então enviará a você uma mensagem curta.',

  'problem.token_missing': 'O Constant Contact não tem mais permissão para usar esta conta.',
  'problem.token_invalid': 'O {network} não aceita mais a permissão que o Constant Contact tem para esta conta.',
  'problem.scopes_missing': 'Faltam ao Constant Contact algumas das permissões necessárias para esta conta.',
  'problem.no_profile': 'A conta está conectada, mas nenhuma página e nenhum perfil foram escolhidos para publicar.',
  'problem.rate_limited':
    'O {network} está limitando quanto pode ser publicado, seja por esta conta, seja pelo Constant Contact como um todo.',
  'problem.other': 'O Constant Contact informa um problema com esta conta.',
  'problem.since': 'Desde {moment} ({ago}).',
  'problem.baseline': 'Detectado em: {moment}. É possível que já fosse assim antes.',
  'problem.effect.reconnect': 'As publicações planejadas para ela não serão publicadas até que ela seja reconectada.',
  'problem.effect.choose_profile':
    'As publicações planejadas para ela não serão publicadas até que essa escolha seja feita.',
  'problem.effect.wait': 'As publicações planejadas para ela talvez não sejam publicadas até que o limite acabe.',
  'problem.effect.none': 'As publicações planejadas para ela talvez não sejam publicadas.',

  'button.reconnect': 'Reconectar no Constant Contact',
  'button.choose_profile': 'Escolher no Constant Contact',
  'button.several': 'Abrir o Constant Contact',
  'link.check.reconnect': 'Já reconectei: verificar agora',
  'link.check.done': 'Já está feito: verificar agora',
  'link.snooze': 'Lembrar mais tarde',
  'steps.title': 'O que fazer',
  'step.sign_in': 'Entre no Constant Contact.',
  'step.open_settings': 'Abra as configurações das suas contas de redes sociais.',
  'step.reconnect':
    'Reconecte o {network} como {account}. Entre no {network} como a pessoa que administra esta conta e conceda todas as permissões solicitadas.',
  'step.choose_profile':
    'Para o {network}, {account}: escolha a página ou o perfil onde suas publicações devem aparecer.',
  'step.connect':
    'Conecte novamente o {network} como {account}. Entre no {network} como a pessoa que administra esta conta e conceda todas as permissões solicitadas.',

  'flapping.heading': 'O {network} falha e volta a funcionar repetidamente',
  'flapping.heading.several': {
    one: '{count} das suas contas de redes sociais falha e volta a funcionar repetidamente',
    other: '{count} das suas contas de redes sociais falham e voltam a funcionar repetidamente',
  },
  'flapping.intro':
    'Às vezes o Constant Contact consegue publicar ali para {tenant}, às vezes não. Isso pode se resolver sozinho, então você ainda não precisa fazer nada.',
  'flapping.broke': 'A última falha desta conta começou em: {moment} ({ago}).',
  'flapping.steps.title': 'Se isso continuar',
  'flapping.closing':
    'Para não escrever a cada mudança, o Linkwatch não dirá mais nada sobre isso até que nada mude durante {duration}. Então ele dirá a você como está.',

  'removed.heading': 'O {network} não está mais conectado',
  'removed.heading.several': {
    one: '{count} das suas contas de redes sociais não está mais conectada',
    other: '{count} das suas contas de redes sociais não estão mais conectadas',
  },
  'removed.intro': {
    one: 'Uma das contas de redes sociais de {tenant} não aparece mais no Constant Contact, que por isso não pode publicar ali.',
    other:
      '{count} das contas de redes sociais de {tenant} não aparecem mais no Constant Contact, que por isso não pode publicar ali.',
  },
  'removed.meaning':
    'Se isso for proposital, você não precisa fazer nada. Se não for, conecte novamente como descrito abaixo.',
  'removed.noticed': 'Detectado em: {moment} ({ago}).',
  'removed.steps.title': 'Se não foi proposital',
  'removed.closing':
    'Você não receberá lembretes sobre isso. Se a conexão for restabelecida, o Linkwatch perceberá sozinho e continuará monitorando.',

  'recovered.heading': 'O {network} voltou a funcionar',
  'recovered.heading.several': {
    one: '{count} das suas contas de redes sociais voltou a funcionar',
    other: '{count} das suas contas de redes sociais voltaram a funcionar',
  },
  'recovered.intro': 'Agradecemos. O Constant Contact já pode publicar ali novamente para {tenant}.',
  'recovered.duration': 'Funciona novamente desde {moment}. A interrupção durou {duration}.',
  'recovered.closing':
    'Publicações planejadas para esse período talvez não tenham sido publicadas. Vale a pena conferir seu calendário no Constant Contact.',

  'reauthorize.heading': 'O Linkwatch precisa novamente da sua permissão',
  'reauthorize.heading.still': 'O Linkwatch ainda precisa da sua permissão',
  'reauthorize.intro':
    'Desde {moment} ({ago}), o Constant Contact não permite mais que o Linkwatch consulte as contas de redes sociais de {tenant}. Isso pode acontecer quando uma permissão expirou ou quando um usuário ou uma senha mudou.',
  'privileges.heading': 'O Linkwatch não pode mais consultar suas contas de redes sociais',
  'privileges.heading.still': 'O Linkwatch ainda não pode consultar suas contas de redes sociais',
  'privileges.intro':
    'Desde {moment} ({ago}), o Constant Contact se recusa a mostrar ao Linkwatch as contas de redes sociais de {tenant}. Isso pode acontecer quando a pessoa que deu permissão ao Linkwatch tem agora outra função lá.',
  'access.meaning':
    'Isso nada diz sobre as contas em si: elas podem estar perfeitamente bem. Significa que o Linkwatch não pode monitorá-las e, por isso, não pode avisar quando uma delas precisar de você.',
  'access.reauthorize.help': 'Escreva para {help}, e ajudaremos você a dar novamente sua permissão ao Linkwatch.',
  'access.privileges.help':
    'Peça à pessoa titular da sua conta do Constant Contact que verifique se quem deu essa permissão ainda pode ver as campanhas, ou escreva para {help} e ajudaremos você.',
  'access.last':
    'Este é o último lembrete: o Linkwatch só voltará a escrever sobre isso quando puder ver suas contas. Ele continua tentando e então enviará a você uma mensagem curta.',
  'access.button': 'Escreva para nós',
  'access.recovered.heading': 'O Linkwatch voltou a ver suas contas de redes sociais',
  'access.recovered.intro':
    'Agradecemos. O Linkwatch monitora novamente as contas de redes sociais de {tenant} desde {moment}. A interrupção durou {duration}.',
  'access.recovered.closing': 'Se uma delas precisar de você, avisaremos.',

  'footer.page': 'Ver como estão agora suas contas de redes sociais',
  'footer.page.access': 'Abrir sua página no Linkwatch',
  'footer.preferences': 'Idioma e lembretes',
  'footer.not_mine': 'Isto não é meu',
  'footer.unsubscribe': 'Cancelar o recebimento destas mensagens',
  'footer.why.owner':
    'Você recebe esta mensagem porque o Linkwatch monitora as contas de redes sociais de {tenant} no Constant Contact e você consta como responsável por elas.',
  'footer.why.cc':
    'Você recebe esta mensagem porque o Linkwatch monitora as contas de redes sociais de {tenant} no Constant Contact e você está entre as pessoas que também devem saber dos problemas.',
  'footer.also_to': 'Ela também foi enviada para {others}.',
  'footer.questions': 'Alguma dúvida? Escreva para {help}.',
};
