import type { Messages } from './en.ts';

export const es: Messages = {
  colon: ':',
  'account.unnamed': 'cuenta {accountId}',
  'network.unnamed': 'Red social',
  'tenant.unnamed': 'su cuenta',

  'subject.reconnect': 'Vuelva a conectar {network} ({account}) para seguir publicando',
  'subject.choose_profile': 'Elija una página o un perfil para {network} ({account}) y siga publicando',
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
  'subject.flapping': '{network} ({account}) falla y vuelve a funcionar una y otra vez',
  'subject.flapping.several': {
    one: '{count} cuenta de redes sociales de {tenant} falla y vuelve a funcionar una y otra vez',
    other: '{count} cuentas de redes sociales de {tenant} fallan y vuelven a funcionar una y otra vez',
  },
  'subject.removed': 'Constant Contact ya no tiene conexión con {network} ({account})',
  'subject.removed.several': {
    one: '{count} cuenta de redes sociales de {tenant} ya no está conectada en Constant Contact',
    other: '{count} cuentas de redes sociales de {tenant} ya no están conectadas en Constant Contact',
  },
  'subject.reauthorize': 'Linkwatch necesita de nuevo su permiso para {tenant}',
  'subject.privileges': 'Linkwatch ya no puede consultar las cuentas de redes sociales de {tenant}',
  'subject.access_recovered': 'Linkwatch ve de nuevo las cuentas de redes sociales de {tenant}',

  'alert.heading.reconnect': 'Hay que volver a conectar {network}',
  'alert.heading.choose_profile': 'Falta una página o un perfil para {network}',
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
    'Constant Contact ha perdido la conexión con una de las cuentas de redes sociales de {tenant}. Solo una persona puede restablecerla, y lleva unos minutos.',
  'alert.intro.choose_profile':
    'Una de las cuentas de redes sociales de {tenant} está conectada a Constant Contact, pero no tiene ninguna página ni perfil donde publicar. Solo una persona puede elegirlo, y lleva unos minutos.',
  'alert.intro.several':
    'Constant Contact no puede publicar en algunas de las cuentas de redes sociales de {tenant}. Solo una persona puede solucionarlo, y lleva unos minutos.',
  'alert.intro.wait':
    'No tiene que hacer nada. Solo queremos que sepa por qué algunas publicaciones pueden retrasarse.',
  'alert.intro.baseline':
    'Linkwatch ha empezado a supervisar las cuentas de redes sociales de {tenant} en Constant Contact, y ha encontrado esto al comenzar.',
  'alert.intro.settled_broken':
    'Tras fallar y volver a funcionar una y otra vez, ahora lleva horas sin funcionar. Es difícil que se arregle por sí solo.',
  'alert.closing': 'Cuando vuelva a funcionar, Linkwatch lo notará por sí solo y le enviará un mensaje breve.',
  'alert.closing.wait':
    'Un límite así suele levantarse por sí solo. Linkwatch sigue supervisando y le enviará entonces un mensaje breve.',

  'reminder.heading.reconnect': 'Todavía hay que volver a conectar {network}',
  'reminder.heading.choose_profile': 'Todavía falta una página o un perfil para {network}',
  'reminder.heading.several': {
    one: '{count} de sus cuentas de redes sociales todavía requiere su atención',
    other: '{count} de sus cuentas de redes sociales todavía requieren su atención',
  },
  'reminder.intro': 'Esto dura ya {duration}, y Constant Contact todavía no puede publicar ahí para {tenant}.',
  'reminder.last':
    'Este es el último recordatorio: Linkwatch no volverá a escribirle sobre esto hasta que funcione. Sigue supervisando y le enviará entonces un mensaje breve.',

  'problem.token_missing': 'Constant Contact ya no tiene permiso para usar esta cuenta.',
  'problem.token_invalid': '{network} ya no acepta el permiso que Constant Contact tiene para esta cuenta.',
  'problem.scopes_missing': 'A Constant Contact le faltan algunos de los permisos que necesita para esta cuenta.',
  'problem.no_profile':
    'La cuenta está conectada, pero no se ha elegido ninguna página ni ningún perfil para publicar.',
  'problem.rate_limited':
    '{network} limita cuánto se puede publicar, ya sea para esta cuenta o para Constant Contact en su conjunto.',
  'problem.other': 'Constant Contact informa de un problema con esta cuenta.',
  'problem.since': 'Desde el {moment} ({ago}).',
  'problem.baseline': 'Detectado el {moment}; puede que ya ocurriera antes.',
  'problem.effect.reconnect': 'Las publicaciones previstas para ella no se publicarán hasta que se vuelva a conectar.',
  'problem.effect.choose_profile':
    'Las publicaciones previstas para ella no se publicarán hasta que se elija una página o un perfil.',
  'problem.effect.wait':
    'Es posible que las publicaciones previstas para ella no se publiquen hasta que se levante el límite.',
  'problem.effect.none': 'Es posible que las publicaciones previstas para ella no se publiquen.',

  'button.reconnect': 'Reconectar en Constant Contact',
  'button.choose_profile': 'Elegir en Constant Contact',
  'button.several': 'Abrir Constant Contact',
  'link.check.reconnect': 'Ya he reconectado: comprobar ahora',
  'link.check.done': 'Ya está hecho: comprobar ahora',
  'link.snooze': 'Recordármelo más tarde',
  'steps.title': 'Qué hacer',
  'step.sign_in': 'Inicie sesión en Constant Contact.',
  'step.open_settings': 'Abra la configuración de sus cuentas de redes sociales.',
  'step.reconnect':
    'Vuelva a conectar {network} como {account}. Inicie sesión en {network} como la persona que administra esta cuenta y conceda todos los permisos que se le pidan.',
  'step.choose_profile':
    'Para {network}, {account}: elija la página o el perfil donde deben aparecer sus publicaciones.',
  'step.connect':
    'Conecte de nuevo {network} como {account}. Inicie sesión en {network} como la persona que administra esta cuenta y conceda todos los permisos que se le pidan.',

  'flapping.heading': '{network} falla y vuelve a funcionar una y otra vez',
  'flapping.heading.several': {
    one: '{count} de sus cuentas de redes sociales falla y vuelve a funcionar una y otra vez',
    other: '{count} de sus cuentas de redes sociales fallan y vuelven a funcionar una y otra vez',
  },
  'flapping.intro':
    'A veces Constant Contact puede publicar ahí para {tenant}, y a veces no. Puede que se arregle por sí solo, así que todavía no tiene que hacer nada.',
  'flapping.broke': 'El último fallo de esta cuenta fue el {moment} ({ago}).',
  'flapping.steps.title': 'Si esto continúa',
  'flapping.closing':
    'Para no escribirle con cada cambio, Linkwatch no le dirá nada más de esto hasta que siga igual durante {duration}. Entonces le dirá cómo está.',

  'removed.heading': 'Ya no hay conexión con {network}',
  'removed.heading.several': {
    one: '{count} de sus cuentas de redes sociales ya no está conectada',
    other: '{count} de sus cuentas de redes sociales ya no están conectadas',
  },
  'removed.intro': {
    one: 'Una de las cuentas de redes sociales de {tenant} ya no aparece en Constant Contact, así que no se puede publicar ahí.',
    other:
      '{count} de las cuentas de redes sociales de {tenant} ya no aparecen en Constant Contact, así que no se puede publicar ahí.',
  },
  'removed.meaning':
    'Si es intencionado, no tiene que hacer nada. Si no lo es, vuelva a conectar como se describe más abajo.',
  'removed.noticed': 'Detectado el {moment} ({ago}).',
  'removed.steps.title': 'Si no fue intencionado',
  'removed.closing':
    'No recibirá recordatorios sobre esto. Si se vuelve a conectar, Linkwatch lo notará por sí solo y seguirá supervisando.',

  'recovered.heading': '{network} vuelve a funcionar',
  'recovered.heading.several': {
    one: '{count} de sus cuentas de redes sociales vuelve a funcionar',
    other: '{count} de sus cuentas de redes sociales vuelven a funcionar',
  },
  'recovered.intro': 'Gracias. Constant Contact puede publicar ahí de nuevo para {tenant}.',
  'recovered.duration': 'Vuelve a funcionar desde el {moment}. La interrupción duró {duration}.',
  'recovered.closing':
    'Es posible que las publicaciones previstas para ese tiempo no se hayan publicado. Conviene revisar su calendario en Constant Contact.',

  'reauthorize.heading': 'Linkwatch necesita de nuevo su permiso',
  'reauthorize.heading.still': 'Linkwatch todavía necesita su permiso',
  'reauthorize.intro':
    'Desde el {moment} ({ago}), Constant Contact ya no permite que Linkwatch consulte las cuentas de redes sociales de {tenant}. Esto puede ocurrir cuando un permiso ha caducado o cuando ha cambiado un usuario o una contraseña.',
  'privileges.heading': 'Linkwatch ya no puede consultar sus cuentas de redes sociales',
  'privileges.heading.still': 'Linkwatch todavía no puede consultar sus cuentas de redes sociales',
  'privileges.intro':
    'Desde el {moment} ({ago}), Constant Contact ya no muestra a Linkwatch las cuentas de redes sociales de {tenant}. Esto puede ocurrir cuando la persona que dio su permiso a Linkwatch tiene ahora otra función allí.',
  'access.meaning':
    'Esto no dice nada de las cuentas en sí: puede que estén perfectamente. Significa que Linkwatch no puede supervisarlas y, por tanto, tampoco avisarle cuando una de ellas requiera su atención.',
  'access.reauthorize.help': 'Escriba a {help} y le ayudaremos a dar de nuevo su permiso a Linkwatch.',
  'access.privileges.help':
    'Pida a la persona titular de su cuenta de Constant Contact que compruebe si quien dio ese permiso todavía puede ver las campañas, o escriba a {help} y le ayudaremos.',
  'access.last':
    'Este es el último recordatorio: Linkwatch no volverá a escribirle sobre esto hasta que pueda ver sus cuentas. Sigue intentándolo y le enviará entonces un mensaje breve.',
  'access.button': 'Escríbanos',
  'access.recovered.heading': 'Linkwatch ve de nuevo sus cuentas de redes sociales',
  'access.recovered.intro':
    'Gracias. Linkwatch supervisa de nuevo las cuentas de redes sociales de {tenant} desde el {moment}. La interrupción duró {duration}.',
  'access.recovered.closing': 'Si alguna de ellas requiere su atención, le avisaremos.',

  'footer.page': 'Ver cómo están ahora sus cuentas de redes sociales',
  'footer.page.access': 'Abrir su página de Linkwatch',
  'footer.preferences': 'Idioma y recordatorios',
  'footer.not_mine': 'Esto no es mío',
  'footer.unsubscribe': 'Dejar de recibir estos mensajes',
  'footer.why.owner':
    'Recibe este mensaje porque Linkwatch supervisa las cuentas de redes sociales de {tenant} en Constant Contact y usted figura como responsable de ellas.',
  'footer.why.cc':
    'Recibe este mensaje porque Linkwatch supervisa las cuentas de redes sociales de {tenant} en Constant Contact y usted figura entre quienes también deben saber de los problemas.',
  'footer.also_to': 'También se envió a {others}.',
  'footer.questions': '¿Tiene alguna pregunta? Escriba a {help}.',
};
