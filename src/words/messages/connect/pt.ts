import type { ConnectMessages } from './en.ts';

export const connectPt: ConnectMessages = {
  'subject.invitation': 'Permita que {brand} verifique as contas de redes sociais de {tenant}',
  'invitation.heading': 'Conecte sua conta do Constant Contact',
  'invitation.intro':
    '{brand} acompanha as contas de redes sociais de {tenant} que estão conectadas ao Constant Contact e escreve para você quando uma delas deixa de funcionar, antes que uma publicação planejada falhe. Para isso, é necessária a sua permissão.',
  'invitation.how':
    'O botão abre uma página que leva você ao Constant Contact. Entre lá como titular da conta e permita o acesso. Leva um minuto, e nunca vemos a sua senha.',
  'invitation.scope':
    'O Constant Contact vai perguntar se podemos usar as suas campanhas, porque não tem uma permissão menor para isso. Só olhamos como estão as suas contas de redes sociais e não alteramos nada.',
  'invitation.button': 'Conectar a conta',
  'invitation.closing':
    'O link funciona uma única vez e por 7 dias. Se você não esperava este e-mail, não precisa fazer nada.',
  'invitation.why': 'Você recebe este e-mail porque quem configurou isso para você nos deu este endereço.',
  'access.connect.help':
    'Aperte o botão, entre no Constant Contact como titular da conta e permita o acesso de novo. Leva um minuto.',
  'access.connect.button': 'Renovar a permissão',
  'connect.heading': '{brand} pode verificar as contas de redes sociais de {tenant}?',
  'connect.how':
    'O botão leva ao Constant Contact. Entre lá como titular da conta e permita o acesso. Depois você volta para cá.',
  'connect.button': 'Continuar para o Constant Contact',
  'connect.asks.heading': 'Esta é a conta certa?',
  'connect.asks.line': 'Você entrou como {found}, mas este link é de {tenant}. Até agora nada mudou.',
  'connect.asks.other':
    'A conta em que você entrou já é verificada. Se você continuar, a permissão dela será renovada.',
  'connect.asks.take': 'Sim, conectar {found}',
  'connect.asks.again': 'Entrar em outra conta',
  'connect.nameless': 'uma conta sem nome',
  'connect.done.heading': 'Obrigado, a conta está conectada',
  'connect.done.line': '{brand} agora acompanha as contas de redes sociais de {tenant}.',
  'connect.done.seen': {
    one: 'Uma primeira verificação encontrou {count} conta de redes sociais.',
    other: 'Uma primeira verificação encontrou {count} contas de redes sociais.',
  },
  'connect.done.broken':
    'Pelo menos uma delas talvez precise de você. A sua página diz qual, e você recebe um e-mail assim que for certo.',
  'connect.done.later': 'A primeira verificação vem em breve.',
  'connect.denied.heading': 'Você não permitiu o acesso',
  'connect.denied.line': 'Nada mudou. Você pode tentar de novo quando quiser.',
  'connect.scopes.heading': 'Falta uma permissão',
  'connect.scopes.line':
    'O Constant Contact não deu tudo o que é necessário ({scopes}), então nada mudou. Tente de novo e permita tudo. Se acontecer outra vez, escreva para {help}.',
  'connect.failed.heading': 'Não funcionou',
  'connect.failed.line':
    'O Constant Contact não respondeu como esperado, então nada mudou. Tente de novo em alguns minutos. Se acontecer outra vez, escreva para {help}.',
  'connect.stale.heading': 'Comece de novo',
  'connect.stale.line':
    'Esta resposta não pertence a nenhuma página aberta neste navegador, ou a página ficou aberta tempo demais. Nada mudou. Abra de novo o link do nosso e-mail.',
  'connect.again': 'Tentar de novo',
  'connect.used.heading': 'Este link já foi usado',
  'connect.used.line':
    'A conta foi conectada com ele, ou com um mais novo, então você não precisa fazer nada. Cada link funciona uma única vez.',
  'connect.expired.line': 'Um link como este funciona por alguns dias. Escreva para {help} para receber outro.',
};
