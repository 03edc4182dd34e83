import type { Messages } from './en.ts';

export const es: Messages = {
  colon: ':',
  'account.unnamed': 'cuenta {accountId}',
  'network.unnamed': 'Red social',
  'tenant.unnamed': 'su cuenta',

  'subject.reconnect': 'Vuelva a conectar {network} ({account}) para seguir publicando',
  'subject.choose_profile': 'Elija una página o un perfil para {network} ({account}) y siga publicando',
  'subject.page_unreachable': 'Revise las páginas de {network} ({account}) y siga publicando',
  'subject.wait': '{network} ({account}) limita las publicaciones por ahora: no tiene que hacer nada',
  'subject.wait.several': {
    one: '{count} cuenta de redes sociales de {tenant} está limitada por ahora: no tiene que hacer nada',
    other: '{count} cuentas de redes sociales de {tenant} están limitadas por ahora: no tiene que hacer nada',
  },
  'subject.several': {
    one: '{count} cuenta de redes sociales de {tenant} requiere su atención',
    other: '{count} cuentas de redes sociales de {tenant} requieren su atención',
  },
  'subject.reminder': 'Recordatorio: {subject}',
  'subject.recovered': '{network} ({account}) vuelve a funcionar',
  'subject.recovered.several': {
    one: '{count} cuenta de redes sociales de {tenant} vuelve a funcionar',
    other: '{count} cuentas de redes sociales de {tenant} vuelven a funcionar',
  },
  'subject.flapping': '{network} ({account}) pierde la conexión una y otra vez',
  'subject.flapping.several': {
    one: '{count} cuenta de redes sociales de {tenant} pierde la conexión una y otra vez',
    other: '{count} cuentas de redes sociales de {tenant} pierden la conexión una y otra vez',
  },
  'subject.removed': 'Constant Contact ya no tiene conexión con {network} ({account})',
  'subject.removed.several': {
    one: '{count} cuenta de redes sociales de {tenant} ya no está conectada en Constant Contact',
    other: '{count} cuentas de redes sociales de {tenant} ya no están conectadas en Constant Contact',
  },
  'subject.reauthorize': '{brand} necesita de nuevo su permiso para {tenant}',
  'subject.privileges': '{brand} ya no puede consultar las cuentas de redes sociales de {tenant}',
  'subject.access_recovered': '{brand} puede consultar de nuevo las cuentas de redes sociales de {tenant}',

  'alert.heading.reconnect': 'Hay que volver a conectar {network}',
  'alert.heading.choose_profile': 'Falta una página o un perfil para {network}',
  'alert.heading.page_unreachable': 'Algunas páginas de {network} requieren su atención',
  'alert.heading.wait': '{network} limita las publicaciones por ahora',
  'alert.heading.several': {
    one: '{count} de sus cuentas de redes sociales requiere su atención',
    other: '{count} de sus cuentas de redes sociales requieren su atención',
  },
  'alert.heading.wait.several': {
    one: '{count} de sus cuentas de redes sociales está limitada por ahora',
    other: '{count} de sus cuentas de redes sociales están limitadas por ahora',
  },
  'alert.intro.reconnect':
    'Constant Contact ha perdido la conexión con una de las cuentas de redes sociales de {tenant}, que {brand} supervisa. Hay que volver a conectarla a mano, lo que lleva unos minutos.',
  'alert.intro.choose_profile':
    'Una de las cuentas de redes sociales de {tenant}, que {brand} supervisa, está conectada a Constant Contact, pero no tiene ninguna página ni perfil donde publicar. Hay que elegirlo a mano, lo que lleva unos minutos.',
  'alert.intro.page_unreachable':
    'Una de las cuentas de redes sociales de {tenant}, que {brand} supervisa, está conectada a Constant Contact, pero ya no se puede publicar en algunas de sus páginas. Hay que elegirlas de nuevo a mano, lo que lleva unos minutos.',
  'alert.intro.several':
    'Constant Contact no puede publicar en algunas de las cuentas de redes sociales de {tenant}, que {brand} supervisa. Hay que solucionarlo a mano, lo que lleva unos minutos.',
  'alert.intro.wait':
    'No tiene que hacer nada. Solo queremos que sepa por qué algunas publicaciones pueden retrasarse.',
  'alert.intro.baseline':
    '{brand} acaba de empezar a supervisar las cuentas de redes sociales de {tenant} en Constant Contact, y ha encontrado esto al comenzar.',
  'alert.intro.settled_broken':
    'Tras funcionar de forma intermitente, esta cuenta lleva ya horas sin conexión. Es difícil que se arregle por sí sola.',
  'alert.closing': 'En cuanto todo vuelva a funcionar, lo veremos y le enviaremos un mensaje breve.',
  'alert.closing.wait':
    'Un límite así suele levantarse por sí solo. Seguiremos comprobándolo y le enviaremos entonces un mensaje breve.',

  'reminder.heading.reconnect': 'Todavía hay que volver a conectar {network}',
  'reminder.heading.choose_profile': 'Todavía falta una página o un perfil para {network}',
  'reminder.heading.page_unreachable': 'Algunas páginas de {network} todavía requieren su atención',
  'reminder.heading.several': {
    one: '{count} de sus cuentas de redes sociales todavía requiere su atención',
    other: '{count} de sus cuentas de redes sociales todavía requieren su atención',
  },
  'reminder.intro':
    'Esto dura ya {duration}, y Constant Contact todavía no puede publicar ahí para {tenant}. {brand} supervisa estas cuentas.',
  'reminder.last':
    'Este es nuestro último recordatorio. No volveremos a escribirle sobre esto hasta que funcione. Seguiremos comprobándolo y le enviaremos entonces un mensaje breve.',

  'problem.token_missing': 'Constant Contact ya no tiene permiso para usar esta cuenta.',
  'problem.token_invalid': '{network} ya no acepta el permiso que Constant Contact tiene para esta cuenta.',
  'problem.scopes_missing': 'A Constant Contact le faltan algunos de los permisos que necesita para esta cuenta.',
  'problem.no_profile':
    'La cuenta está conectada, pero no se ha elegido ninguna página ni ningún perfil para publicar.',
  'problem.page_unreachable':
    'La cuenta está conectada, pero Constant Contact ya no puede publicar en todas sus páginas.',
  'problem.rate_limited':
    '{network} limita cuánto se puede publicar, ya sea para esta cuenta o para Constant Contact en su conjunto.',
  'problem.other': 'Constant Contact informa de un problema con esta cuenta.',
  'problem.pages': { one: 'Se trata de esta página: {pages}.', other: 'Se trata de estas páginas: {pages}.' },
  'problem.pages.more': { one: '{count} página más', other: '{count} páginas más' },
  'problem.since': 'Desde el {moment} ({ago}).',
  'problem.baseline': 'Detectado el {moment}. Puede que empezara antes.',
  'problem.effect.reconnect':
    'Las publicaciones programadas no aparecerán ahí hasta que se vuelva a conectar la cuenta.',
  'problem.effect.choose_profile':
    'Las publicaciones programadas no aparecerán ahí hasta que se elija una página o un perfil.',
  'problem.effect.page_unreachable':
    'Las publicaciones programadas para estas páginas no aparecerán hasta que se elijan de nuevo.',
  'problem.effect.wait':
    'Es posible que las publicaciones programadas no aparezcan ahí hasta que se levante el límite.',
  'problem.effect.none': 'Es posible que las publicaciones programadas no aparezcan ahí.',
  'list.more': { one: 'y {count} cuenta más', other: 'y {count} cuentas más' },
  'button.reconnect': 'Reconectar en Constant Contact',
  'button.choose_profile': 'Elegir en Constant Contact',
  'button.several': 'Abrir Constant Contact',
  'link.check.reconnect': 'Ya he reconectado: comprobar ahora',
  'link.check.done': 'Ya está hecho: comprobar ahora',
  'link.snooze': 'Recordármelo más tarde',
  'link.forward': '¿No le corresponde a usted? Pase esta página a la persona adecuada',
  'steps.title': 'Qué hacer',
  'step.sign_in': 'Inicie sesión en Constant Contact como de costumbre.',
  'step.open_settings': 'Abra la configuración de sus cuentas de redes sociales.',
  'step.reconnect':
    'Vuelva a conectar {network} como {account}. Cuando {network} le pida iniciar sesión, use los datos de acceso de quien tenga control total como administrador de esa página o cuenta. Conceda todos los permisos que se le pidan.',
  'step.reconnect.several':
    'Vuelva a conectar cada cuenta de esta lista que haya perdido la conexión. Cuando la red le pida iniciar sesión, use los datos de acceso de quien tenga control total como administrador de esa página o cuenta. Conceda todos los permisos que se le pidan.',
  'step.choose_profile':
    'Para {network} ({account}), elija la página o el perfil donde deben aparecer sus publicaciones. Inicie sesión allí como administrador con control total y conceda todos los permisos que se le pidan.',
  'step.choose_profile.several':
    'Para cada cuenta de esta lista sin página ni perfil, elija dónde deben aparecer sus publicaciones. Inicie sesión allí como administrador con control total y conceda todos los permisos que se le pidan.',
  'step.connect':
    'Conecte de nuevo {network} como {account}. Cuando {network} le pida iniciar sesión, use los datos de acceso de quien tenga control total como administrador de esa página o cuenta. Conceda todos los permisos que se le pidan.',
  'step.connect.several':
    'Conecte de nuevo cada cuenta de esta lista. Cuando la red le pida iniciar sesión, use los datos de acceso de quien tenga control total como administrador de esa página o cuenta. Conceda todos los permisos que se le pidan.',
  'facts.title': 'Conviene saber',
  'facts.who': 'Solo puede hacerlo alguien con control total como administrador de la página o cuenta.',
  'facts.keep':
    'No elimine la cuenta de Constant Contact para añadirla otra vez: las publicaciones ya programadas para ella podrían perderse.',
  'facts.scheduled':
    'Después, revise sus publicaciones programadas en Constant Contact. Es posible que no hayan aparecido las que tocaban mientras tanto.',
  'facts.password':
    'Nunca le pedimos su contraseña. Solo debe escribirla en los sitios web de Constant Contact y de la propia red social.',

  'flapping.heading': '{network} pierde la conexión una y otra vez',
  'flapping.heading.several': {
    one: '{count} de sus cuentas de redes sociales pierde la conexión una y otra vez',
    other: '{count} de sus cuentas de redes sociales pierden la conexión una y otra vez',
  },
  'flapping.intro':
    'A veces Constant Contact puede publicar ahí para {tenant}, y a veces no. {brand} está pendiente de ello. Puede que se arregle por sí solo, así que todavía no tiene que hacer nada.',
  'flapping.broke': 'El último fallo de esta cuenta fue el {moment} ({ago}).',
  'flapping.steps.title': 'Si esto continúa',
  'flapping.closing':
    'No queremos escribirle con cada cambio, así que no sabrá más de nosotros sobre esto hasta que nada cambie durante {duration}. Entonces le diremos cómo está.',

  'removed.heading': 'Ya no hay conexión con {network}',
  'removed.heading.several': {
    one: '{count} de sus cuentas de redes sociales ya no está conectada',
    other: '{count} de sus cuentas de redes sociales ya no están conectadas',
  },
  'removed.intro': {
    one: 'Una de las cuentas de redes sociales de {tenant}, que {brand} supervisa, ya no aparece en Constant Contact, así que no se puede publicar ahí.',
    other:
      '{count} de las cuentas de redes sociales de {tenant}, que {brand} supervisa, ya no aparecen en Constant Contact, así que no se puede publicar ahí.',
  },
  'removed.meaning':
    'Si es intencionado, no tiene que hacer nada. Si no lo es, vuelva a conectar como se describe más abajo.',
  'removed.noticed': 'Detectado el {moment} ({ago}).',
  'removed.steps.title': 'Si no fue intencionado',
  'removed.closing':
    'No le enviaremos recordatorios sobre esto. En cuanto se vuelva a conectar la cuenta, la supervisaremos como antes.',

  'recovered.heading': '{network} vuelve a funcionar',
  'recovered.heading.several': {
    one: '{count} de sus cuentas de redes sociales vuelve a funcionar',
    other: '{count} de sus cuentas de redes sociales vuelven a funcionar',
  },
  'recovered.intro':
    'Gracias. Constant Contact puede publicar ahí de nuevo para {tenant}. {brand} supervisa estas cuentas.',
  'recovered.duration': 'Vuelve a funcionar desde el {moment}. La interrupción duró {duration}.',
  'recovered.closing':
    'Es posible que las publicaciones programadas para ese tiempo no hayan aparecido. Revise sus publicaciones programadas en Constant Contact.',

  'reauthorize.heading': '{brand} necesita de nuevo su permiso',
  'reauthorize.heading.still': '{brand} todavía necesita su permiso',
  'reauthorize.intro':
    'Desde el {moment} ({ago}), Constant Contact ya no permite que {brand} consulte las cuentas de redes sociales de {tenant}. Esto ocurre cuando un permiso ha caducado o cuando ha cambiado un usuario o una contraseña.',
  'reauthorize.intro.scope':
    'Desde el {moment} ({ago}), Constant Contact ya no permite que {brand} consulte las cuentas de redes sociales de {tenant}. Al permiso que se dio le falta una parte que {brand} necesita: las campañas, a las que pertenecen las cuentas de redes sociales.',

  'privileges.heading': '{brand} ya no puede consultar sus cuentas de redes sociales',
  'privileges.heading.still': '{brand} todavía no puede consultar sus cuentas de redes sociales',
  'privileges.intro':
    'Desde el {moment} ({ago}), Constant Contact ya no muestra a {brand} las cuentas de redes sociales de {tenant}. Esto ocurre cuando la persona que dio el permiso tiene ahora otra función allí.',
  'privileges.intro.known':
    'Desde el {moment} ({ago}), Constant Contact ya no muestra a {brand} las cuentas de redes sociales de {tenant}. La persona que dio el permiso no tiene allí el privilegio de ver las campañas ({privilege}).',

  'access.meaning':
    'Esto no significa que algo vaya mal en las cuentas en sí. Significa que no podemos comprobarlas y, por tanto, tampoco avisarle cuando una de ellas requiera su atención.',
  'access.privileges.help':
    'Pida a la persona titular de su cuenta de Constant Contact que compruebe si quien dio ese permiso todavía puede ver las campañas, o escriba a {help} y le ayudaremos.',
  'access.scope.help': 'Cuando Constant Contact le pregunte qué permite, permita todo lo que aparece en la lista.',
  'access.last':
    'Este es nuestro último recordatorio. No volveremos a escribirle sobre esto hasta que podamos ver sus cuentas. Seguiremos intentándolo y le enviaremos entonces un mensaje breve.',
  'access.button': 'Escríbanos',
  'access.recovered.heading': '{brand} puede consultar de nuevo sus cuentas de redes sociales',
  'access.recovered.intro':
    'Gracias. {brand} puede comprobar de nuevo las cuentas de redes sociales de {tenant} desde el {moment}. La interrupción duró {duration}.',
  'access.recovered.closing': 'Si alguna de ellas requiere su atención, le avisaremos.',

  'footer.page': 'Ver cómo están ahora sus cuentas de redes sociales',
  'footer.page.access': 'Abrir su página de {brand}',
  'footer.preferences': 'Idioma y recordatorios',
  'footer.not_mine': 'Estas cuentas no son mías',
  'footer.unsubscribe': 'Dejar de recibir estos mensajes',
  'footer.named.owner':
    '{brand} se ocupa de las cuentas de redes sociales de {tenant} y nos dio esta dirección, porque usted figura como responsable de ellas. Este mensaje se envió automáticamente en nombre de {brand}.',
  'footer.named.cc':
    '{brand} se ocupa de las cuentas de redes sociales de {tenant} y nos dio esta dirección, para que usted también sepa de los problemas. Este mensaje se envió automáticamente en nombre de {brand}.',
  'footer.why.owner':
    'Linkwatch comprueba las cuentas de redes sociales de {tenant} en Constant Contact. Quien lo configuró para {tenant} nos dio esta dirección, porque usted figura como responsable de ellas.',
  'footer.why.cc':
    'Linkwatch comprueba las cuentas de redes sociales de {tenant} en Constant Contact. Quien lo configuró para {tenant} nos dio esta dirección, para que usted también sepa de los problemas.',
  'footer.also_to': 'Este mensaje también se envió a {others}.',
  'footer.and_others': { one: '{count} persona más', other: '{count} personas más' },
  'footer.questions': '¿Tiene alguna pregunta? Escriba a {help}.',
};
