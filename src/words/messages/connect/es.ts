import type { ConnectMessages } from './en.ts';

export const connectEs: ConnectMessages = {
  'subject.invitation': 'Permita que {brand} compruebe las cuentas de redes sociales de {tenant}',
  'invitation.heading': 'Conecte su cuenta de Constant Contact',
  'invitation.intro':
    '{brand} vigila las cuentas de redes sociales de {tenant} que están conectadas a Constant Contact y le escribe cuando una de ellas deja de funcionar, antes de que falle una publicación planificada. Para ello hace falta su permiso.',
  'invitation.how':
    'El botón abre una página que le lleva a Constant Contact. Inicie sesión allí como titular de la cuenta y permita el acceso. Tarda un minuto, y nunca vemos su contraseña.',
  'invitation.scope':
    'Constant Contact le preguntará si podemos usar sus campañas, porque no tiene un permiso menor para esto. Solo miramos cómo están sus cuentas de redes sociales y no cambiamos nada.',
  'invitation.button': 'Conectar la cuenta',
  'invitation.closing':
    'El enlace funciona una sola vez y durante 7 días. Si no esperaba este correo, no tiene que hacer nada.',
  'invitation.why': 'Recibe este correo porque quien configuró esto para usted nos dio esta dirección.',
  'access.connect.help':
    'Pulse el botón, inicie sesión en Constant Contact como titular de la cuenta y permita de nuevo el acceso. Tarda un minuto.',
  'access.connect.button': 'Renovar el permiso',
  'connect.heading': '¿Puede {brand} comprobar las cuentas de redes sociales de {tenant}?',
  'connect.how':
    'El botón lleva a Constant Contact. Inicie sesión allí como titular de la cuenta y permita el acceso. Después volverá aquí.',
  'connect.button': 'Continuar a Constant Contact',
  'connect.asks.heading': '¿Es esta la cuenta correcta?',
  'connect.asks.line':
    'Ha iniciado sesión como {found}, pero este enlace es de {tenant}. Hasta ahora no ha cambiado nada.',
  'connect.asks.other': 'La cuenta en la que ha iniciado sesión ya se comprueba. Si continúa, se renovará su permiso.',
  'connect.asks.take': 'Sí, conectar {found}',
  'connect.asks.again': 'Iniciar sesión en otra cuenta',
  'connect.nameless': 'una cuenta sin nombre',
  'connect.done.heading': 'Gracias, la cuenta está conectada',
  'connect.done.line': '{brand} vigila ahora las cuentas de redes sociales de {tenant}.',
  'connect.done.seen': {
    one: 'Una primera comprobación ha encontrado {count} cuenta de redes sociales.',
    other: 'Una primera comprobación ha encontrado {count} cuentas de redes sociales.',
  },
  'connect.done.broken':
    'Al menos una de ellas quizá requiera su atención. Su página dice cuál, y recibirá un correo en cuanto sea seguro.',
  'connect.done.later': 'La primera comprobación seguirá pronto.',
  'connect.denied.heading': 'No ha permitido el acceso',
  'connect.denied.line': 'No ha cambiado nada. Puede intentarlo de nuevo cuando quiera.',
  'connect.scopes.heading': 'Falta un permiso',
  'connect.scopes.line':
    'Constant Contact no ha dado todo lo necesario ({scopes}), así que no ha cambiado nada. Inténtelo de nuevo y permita todo. Si vuelve a ocurrir, escriba a {help}.',
  'connect.failed.heading': 'No ha funcionado',
  'connect.failed.line':
    'Constant Contact no ha respondido como se esperaba, así que no ha cambiado nada. Inténtelo de nuevo en unos minutos. Si vuelve a ocurrir, escriba a {help}.',
  'connect.stale.heading': 'Empiece de nuevo',
  'connect.stale.line':
    'Esta respuesta no corresponde a ninguna página abierta en este navegador, o la página estuvo abierta demasiado tiempo. No ha cambiado nada. Abra de nuevo el enlace de nuestro correo.',
  'connect.again': 'Intentarlo de nuevo',
  'connect.used.heading': 'Este enlace ya se ha usado',
  'connect.used.line':
    'Con él, o con uno más reciente, se conectó la cuenta, así que no tiene que hacer nada. Cada enlace funciona una sola vez.',
  'connect.expired.line': 'Un enlace como este funciona durante unos días. Escriba a {help} para recibir otro.',
};
