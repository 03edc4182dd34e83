import type { Messages } from './en.ts';

/** As in Brazil, where most readers of Portuguese are, and where networks are masculine: o Facebook. */
export const pt: Messages = {
  colon: ':',
  'account.unnamed': 'conta {accountId}',
  'network.unnamed': 'Canal social',
  'tenant.unnamed': 'sua conta',

  'subject.reconnect': 'Reconecte o {network} ({account}) para continuar publicando',
  'subject.choose_profile': 'Escolha uma página ou um perfil para o {network} ({account}) e continue publicando',
  'subject.page_unreachable': 'Verifique as páginas do {network} ({account}) e continue publicando',
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
  'subject.flapping': 'O {network} ({account}) perde a conexão repetidamente',
  'subject.flapping.several': {
    one: '{count} conta de redes sociais de {tenant} perde a conexão repetidamente',
    other: '{count} contas de redes sociais de {tenant} perdem a conexão repetidamente',
  },
  'subject.removed': 'O {network} ({account}) não está mais conectado no Constant Contact',
  'subject.removed.several': {
    one: '{count} conta de redes sociais de {tenant} não está mais conectada no Constant Contact',
    other: '{count} contas de redes sociais de {tenant} não estão mais conectadas no Constant Contact',
  },
  'subject.reauthorize': '{brand} precisa novamente da sua permissão para {tenant}',
  'subject.privileges': '{brand} não pode mais consultar as contas de redes sociais de {tenant}',
  'subject.access_recovered': '{brand} pode consultar novamente as contas de redes sociais de {tenant}',

  'alert.heading.reconnect': 'É preciso reconectar o {network}',
  'alert.heading.choose_profile': 'Falta uma página ou um perfil para o {network}',
  'alert.heading.page_unreachable': 'Algumas páginas do {network} precisam de você',
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
    'O Constant Contact perdeu a conexão com uma das contas de redes sociais de {tenant}, que {brand} acompanha. É preciso restabelecê-la manualmente, o que leva poucos minutos.',
  'alert.intro.choose_profile':
    'Uma das contas de redes sociais de {tenant}, que {brand} acompanha, está conectada ao Constant Contact, mas não tem página nem perfil onde publicar. É preciso fazer essa escolha manualmente, o que leva poucos minutos.',
  'alert.intro.page_unreachable':
    'Uma das contas de redes sociais de {tenant}, que {brand} acompanha, está conectada ao Constant Contact, mas não é mais possível publicar em algumas das suas páginas. É preciso escolhê-las novamente, manualmente, o que leva poucos minutos.',
  'alert.intro.several':
    'O Constant Contact não consegue publicar em algumas das contas de redes sociais de {tenant}, que {brand} acompanha. É preciso resolver isso manualmente, o que leva poucos minutos.',
  'alert.intro.wait':
    'Você não precisa fazer nada. Só queremos que você saiba por que algumas publicações podem atrasar.',
  'alert.intro.baseline':
    '{brand} acaba de começar a acompanhar as contas de redes sociais de {tenant} no Constant Contact e encontrou isto logo no início.',
  'alert.intro.settled_broken':
    'Depois de funcionar de forma intermitente, esta conta está agora desconectada há horas. É pouco provável que volte sozinha.',
  'alert.closing': 'Assim que tudo voltar a funcionar, veremos isso e enviaremos a você uma mensagem curta.',
  'alert.closing.wait':
    'Um limite assim costuma acabar sozinho. Continuaremos verificando e então enviaremos a você uma mensagem curta.',

  'reminder.heading.reconnect': 'Ainda é preciso reconectar o {network}',
  'reminder.heading.choose_profile': 'Ainda falta uma página ou um perfil para o {network}',
  'reminder.heading.page_unreachable': 'Algumas páginas do {network} ainda precisam de você',
  'reminder.heading.several': {
    one: '{count} das suas contas de redes sociais ainda precisa de você',
    other: '{count} das suas contas de redes sociais ainda precisam de você',
  },
  'reminder.intro':
    'Isso já dura {duration}, e o Constant Contact ainda não consegue publicar ali para {tenant}. {brand} acompanha estas contas.',
  'reminder.last':
    'Este é o nosso último lembrete. Só voltaremos a escrever sobre isso quando estiver funcionando. Continuaremos verificando e então enviaremos a você uma mensagem curta.',

  'problem.token_missing': 'O Constant Contact não tem mais permissão para usar esta conta.',
  'problem.token_invalid': 'O {network} não aceita mais a permissão que o Constant Contact tem para esta conta.',
  'problem.scopes_missing': 'Faltam ao Constant Contact algumas das permissões necessárias para esta conta.',
  'problem.no_profile': 'A conta está conectada, mas nenhuma página e nenhum perfil foram escolhidos para publicar.',
  'problem.page_unreachable':
    'A conta está conectada, mas o Constant Contact não consegue mais publicar em todas as páginas dela.',
  'problem.rate_limited':
    'O {network} está limitando quanto pode ser publicado, seja por esta conta, seja pelo Constant Contact como um todo.',
  'problem.other': 'O Constant Contact informa um problema com esta conta.',
  'problem.pages': { one: 'Trata-se desta página: {pages}.', other: 'Trata-se destas páginas: {pages}.' },
  'problem.pages.more': { one: 'mais {count} página', other: 'mais {count} páginas' },
  'problem.since': 'Desde {moment} ({ago}).',
  'problem.baseline': 'Detectado em: {moment}. Pode ter começado antes.',
  'problem.effect.reconnect': 'As publicações agendadas não vão sair ali até que a conta seja reconectada.',
  'problem.effect.choose_profile':
    'As publicações agendadas não vão sair ali até que uma página ou um perfil seja escolhido.',
  'problem.effect.page_unreachable':
    'As publicações agendadas para essas páginas não vão sair até que elas sejam escolhidas novamente.',
  'problem.effect.wait': 'As publicações agendadas talvez não saiam ali até que o limite acabe.',
  'problem.effect.none': 'As publicações agendadas talvez não saiam ali.',
  'list.more': { one: 'e mais {count} conta', other: 'e mais {count} contas' },
  'button.reconnect': 'Reconectar no Constant Contact',
  'button.choose_profile': 'Escolher no Constant Contact',
  'button.several': 'Abrir o Constant Contact',
  'link.check.reconnect': 'Já reconectei: verificar agora',
  'link.check.done': 'Já está feito: verificar agora',
  'link.snooze': 'Lembrar mais tarde',
  'link.forward': 'Não é com você? Repasse esta página à pessoa certa',
  'steps.title': 'O que fazer',
  'step.sign_in': 'Entre no Constant Contact como de costume.',
  'step.open_settings': 'Abra as configurações das suas contas de redes sociais.',
  'step.reconnect':
    'Reconecte o {network} como {account}. Quando o {network} pedir para entrar, use o acesso de quem tem controle total como administrador dessa página ou conta. Conceda todas as permissões solicitadas.',
  'step.reconnect.several':
    'Reconecte cada conta desta lista que perdeu a conexão. Quando a rede pedir para entrar, use o acesso de quem tem controle total como administrador dessa página ou conta. Conceda todas as permissões solicitadas.',
  'step.choose_profile':
    'Para o {network} ({account}), escolha a página ou o perfil onde suas publicações devem aparecer. Entre ali como administrador com controle total e conceda todas as permissões solicitadas.',
  'step.choose_profile.several':
    'Para cada conta desta lista sem página nem perfil, escolha onde suas publicações devem aparecer. Entre ali como administrador com controle total e conceda todas as permissões solicitadas.',
  'step.connect':
    'Conecte novamente o {network} como {account}. Quando o {network} pedir para entrar, use o acesso de quem tem controle total como administrador dessa página ou conta. Conceda todas as permissões solicitadas.',
  'step.connect.several':
    'Conecte novamente cada conta desta lista. Quando a rede pedir para entrar, use o acesso de quem tem controle total como administrador dessa página ou conta. Conceda todas as permissões solicitadas.',
  'facts.title': 'Bom saber',
  'facts.who': 'Só quem tem controle total como administrador da página ou conta pode fazer isso.',
  'facts.keep':
    'Não exclua a conta do Constant Contact para adicioná-la de novo: as publicações já agendadas para ela podem se perder.',
  'facts.scheduled':
    'Depois, confira suas publicações agendadas no Constant Contact. As que estavam previstas nesse meio-tempo talvez não tenham saído.',
  'facts.password': 'Nunca pedimos sua senha. Você só a digita nos sites do Constant Contact e da própria rede social.',

  'flapping.heading': 'O {network} perde a conexão repetidamente',
  'flapping.heading.several': {
    one: '{count} das suas contas de redes sociais perde a conexão repetidamente',
    other: '{count} das suas contas de redes sociais perdem a conexão repetidamente',
  },
  'flapping.intro':
    'Às vezes o Constant Contact consegue publicar ali para {tenant}, às vezes não. {brand} está de olho nisso. Pode se resolver sozinho, então você ainda não precisa fazer nada.',
  'flapping.broke': 'A última falha desta conta começou em: {moment} ({ago}).',
  'flapping.steps.title': 'Se isso continuar',
  'flapping.closing':
    'Não queremos escrever a cada mudança, então não diremos mais nada sobre isso até que nada mude durante {duration}. Então diremos a você como está.',

  'removed.heading': 'O {network} não está mais conectado',
  'removed.heading.several': {
    one: '{count} das suas contas de redes sociais não está mais conectada',
    other: '{count} das suas contas de redes sociais não estão mais conectadas',
  },
  'removed.intro': {
    one: 'Uma das contas de redes sociais de {tenant}, que {brand} acompanha, não aparece mais no Constant Contact, que por isso não pode publicar ali.',
    other:
      '{count} das contas de redes sociais de {tenant}, que {brand} acompanha, não aparecem mais no Constant Contact, que por isso não pode publicar ali.',
  },
  'removed.meaning':
    'Se isso for proposital, você não precisa fazer nada. Se não for, conecte novamente como descrito abaixo.',
  'removed.noticed': 'Detectado em: {moment} ({ago}).',
  'removed.steps.title': 'Se não foi proposital',
  'removed.closing':
    'Não enviaremos lembretes sobre isso. Assim que a conta for conectada de novo, voltaremos a acompanhá-la como antes.',

  'recovered.heading': 'O {network} voltou a funcionar',
  'recovered.heading.several': {
    one: '{count} das suas contas de redes sociais voltou a funcionar',
    other: '{count} das suas contas de redes sociais voltaram a funcionar',
  },
  'recovered.intro':
    'Agradecemos. O Constant Contact já pode publicar ali novamente para {tenant}. {brand} acompanha estas contas.',
  'recovered.duration': 'Funciona novamente desde {moment}. A interrupção durou {duration}.',
  'recovered.closing':
    'Publicações agendadas para esse período talvez não tenham saído. Confira suas publicações agendadas no Constant Contact.',

  'reauthorize.heading': '{brand} precisa novamente da sua permissão',
  'reauthorize.heading.still': '{brand} ainda precisa da sua permissão',
  'reauthorize.intro':
    'Desde {moment} ({ago}), o Constant Contact não permite mais que {brand} consulte as contas de redes sociais de {tenant}. Isso acontece quando uma permissão expirou ou quando um usuário ou uma senha mudou.',
  'reauthorize.intro.scope':
    'Desde {moment} ({ago}), o Constant Contact não permite mais que {brand} consulte as contas de redes sociais de {tenant}. À permissão que foi dada falta uma parte de que {brand} precisa: as campanhas, às quais pertencem as contas de redes sociais.',

  'privileges.heading': '{brand} não pode mais consultar suas contas de redes sociais',
  'privileges.heading.still': '{brand} ainda não pode consultar suas contas de redes sociais',
  'privileges.intro':
    'Desde {moment} ({ago}), o Constant Contact se recusa a mostrar a {brand} as contas de redes sociais de {tenant}. Isso acontece quando a pessoa que deu a permissão tem agora outra função lá.',
  'privileges.intro.known':
    'Desde {moment} ({ago}), o Constant Contact se recusa a mostrar a {brand} as contas de redes sociais de {tenant}. A pessoa que deu a permissão não tem lá o privilégio de ver as campanhas ({privilege}).',

  'access.meaning':
    'Isso não quer dizer que haja algo errado com as contas em si. Quer dizer que não podemos verificá-las e, por isso, não podemos avisar quando uma delas precisar de você.',
  'access.privileges.help':
    'Peça à pessoa titular da sua conta do Constant Contact que verifique se quem deu essa permissão ainda pode ver as campanhas, ou escreva para {help} e ajudaremos você.',
  'access.scope.help': 'Quando o Constant Contact perguntar o que você permite, permita tudo o que está na lista.',
  'access.last':
    'Este é o nosso último lembrete. Só voltaremos a escrever sobre isso quando pudermos ver suas contas. Continuaremos tentando e então enviaremos a você uma mensagem curta.',
  'access.button': 'Escreva para nós',
  'access.recovered.heading': '{brand} pode consultar novamente suas contas de redes sociais',
  'access.recovered.intro':
    'Agradecemos. {brand} pode verificar novamente as contas de redes sociais de {tenant} desde {moment}. A interrupção durou {duration}.',
  'access.recovered.closing': 'Se uma delas precisar de você, avisaremos.',

  'footer.page': 'Ver como estão agora suas contas de redes sociais',
  'footer.page.access': 'Abrir sua página de {brand}',
  'footer.preferences': 'Idioma e lembretes',
  'footer.not_mine': 'Estas contas não são minhas',
  'footer.unsubscribe': 'Cancelar o recebimento destas mensagens',
  'footer.named.owner':
    '{brand} cuida das contas de redes sociais de {tenant} e nos deu este endereço, porque você consta como responsável por elas. Esta mensagem foi enviada automaticamente em nome de {brand}.',
  'footer.named.cc':
    '{brand} cuida das contas de redes sociais de {tenant} e nos deu este endereço, para que você também saiba dos problemas. Esta mensagem foi enviada automaticamente em nome de {brand}.',
  'footer.why.owner':
    'O Linkwatch verifica as contas de redes sociais de {tenant} no Constant Contact. Quem configurou isso para {tenant} nos deu este endereço, porque você consta como responsável por elas.',
  'footer.why.cc':
    'O Linkwatch verifica as contas de redes sociais de {tenant} no Constant Contact. Quem configurou isso para {tenant} nos deu este endereço, para que você também saiba dos problemas.',
  'footer.also_to': 'Esta mensagem também foi enviada para {others}.',
  'footer.and_others': { one: 'mais {count} pessoa', other: 'mais {count} pessoas' },
  'footer.questions': 'Alguma dúvida? Escreva para {help}.',
};
