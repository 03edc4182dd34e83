import type { PageMessages } from './en.ts';

export const pageEs: PageMessages = {
  'access.reauthorize.help': 'Escriba a {help} y le ayudaremos a renovar el permiso.',

  'page.intro': '{brand} supervisa las cuentas de redes sociales de {tenant} en Constant Contact.',
  'page.looked': 'Última comprobación: {moment} ({ago}).',
  'page.never_looked': 'Todavía no se han comprobado.',
  'page.summary.needs_you': {
    one: 'Una de sus cuentas de redes sociales requiere su atención',
    other: '{count} de sus cuentas de redes sociales requieren su atención',
  },
  'page.summary.access': 'No podemos ver sus cuentas de redes sociales en este momento',
  'page.summary.paused': 'Estas cuentas de redes sociales no se comprueban en este momento',
  'page.summary.not_yet': 'Sus cuentas de redes sociales todavía no se han comprobado',
  'page.summary.empty': 'No hay ninguna cuenta de redes sociales conectada a Constant Contact',
  'page.summary.well': 'Todas sus cuentas de redes sociales funcionan',
  'page.summary.suspected': {
    one: 'Una de sus cuentas de redes sociales puede tener un problema: lo estamos comprobando de nuevo',
    other: '{count} de sus cuentas de redes sociales pueden tener un problema: lo estamos comprobando de nuevo',
  },
  'page.summary.unknown': {
    one: 'En este momento no sabemos cómo está una de sus cuentas de redes sociales',
    other: 'En este momento no sabemos cómo están {count} de sus cuentas de redes sociales',
  },
  'page.paused':
    'La comprobación está en pausa: no se comprueba nada y nadie recibe mensajes. Si no lo esperaba, escriba a {help}.',
  'page.label.broken': 'Requiere su atención',
  'page.label.waiting': 'En espera',
  'page.label.unobserved': 'Sin comprobar',
  'page.label.healthy': 'Funciona',
  'page.label.removed': 'Eliminada',
  'page.label.suspected': 'En comprobación',
  'page.suspected': 'Puede que algo no vaya bien aquí. Volveremos a comprobarlo antes de pedirle nada.',
  'page.recovering': 'Funciona. Lo comprobaremos una vez más para estar seguros.',
  'page.wait': 'No tiene que hacer nada. Un límite así suele levantarse por sí solo.',
  'page.check_failed': '{network} no respondió cuando Constant Contact preguntó. Seguiremos comprobándolo.',
  'page.removed': 'Esta cuenta ya no está conectada a Constant Contact. Si es a propósito, todo está bien.',
  'page.last_seen': 'Última comprobación: {moment}.',
  'page.not_seen': 'Todavía sin comprobar.',
  'page.snoozed': 'Sin recordatorios sobre ella hasta el {moment}.',
  'page.snoozed_until_fixed': 'Sin recordatorios sobre ella hasta que funcione.',
  'page.range': 'Cuentas {from} a {to} de {total}',
  'page.previous': 'Cuentas anteriores',
  'page.next': 'Más cuentas',
  'page.list': 'Sus cuentas de redes sociales',
  'page.guest':
    'Le pasaron esta página para que vea cómo están estas cuentas y pueda pedir que se comprueben. No puede cambiar nada más.',
  'page.guest.only': 'Esta página solo se puede consultar',
  'page.guest.only.line':
    'Se la pasaron para que vea cómo están estas cuentas y pueda pedir que se comprueben. Lo demás solo puede hacerlo la persona que recibe los mensajes.',
  'page.note.unsubscribed': 'Usted se dio de baja: no le enviamos mensajes sobre estas cuentas.',
  'page.note.not_mine': 'Usted indicó que estas cuentas no son suyas: no le enviamos mensajes sobre ellas.',
  'page.note.undeliverable': 'No se pudo entregar el correo a {email}, así que no le enviamos ninguno.',
  'page.note.reminders_off': 'No recibe recordatorios porque usted lo eligió así.',
  'page.nav': 'Qué más puede hacer',
  'page.link.check': 'Ya he reconectado: comprobar ahora',
  'page.link.snooze': 'Pausar los recordatorios',
  'page.link.preferences': 'Idioma y recordatorios',
  'page.link.not_mine': 'Estas cuentas no son mías',
  'page.link.unsubscribe': 'Dejar de recibir estos mensajes',
  'page.link.return.unsubscribed': 'Sí quiero recibir estos mensajes',
  'page.link.return.not_mine': 'Sí son mías',
  'page.link.return.undeliverable': 'Volver a escribirme',
  'page.back': 'Volver a sus cuentas de redes sociales',
  'page.save': 'Guardar',
  'page.check.heading': '¿Comprobar ahora?',
  'page.check.line':
    'Preguntaremos enseguida a Constant Contact por las cuentas de redes sociales de {tenant}. Puede tardar unos segundos. Después verá aquí el resultado.',
  'page.check.button': 'Comprobar ahora',
  'page.snooze.heading': 'Pausar los recordatorios',
  'page.snooze.owner':
    'Se refiere a lo que ahora requiere su atención y vale para todos los que reciben recordatorios de ello.',
  'page.snooze.cc': 'Se refiere a lo que ahora requiere atención y vale solo para usted.',
  'page.snooze.still': 'Aun así le avisaremos cuando vuelva a funcionar y cuando ocurra algo peor.',
  'page.snooze.legend': '¿Por cuánto tiempo?',
  'page.snooze.day': 'Un día',
  'page.snooze.week': 'Una semana',
  'page.snooze.until_fixed': 'Hasta que esté solucionado',
  'page.snooze.ended': 'Nada: quiero recibir recordatorios',
  'page.snooze.nothing': 'Nada requiere ahora su atención, así que no hay recordatorios.',
  'page.preferences.heading': 'Idioma y recordatorios',
  'page.preferences.language': '¿En qué idioma lee usted?',
  'page.preferences.default': 'El de la cuenta ({language})',
  'page.preferences.reminders': 'Cuando algo siga sin funcionar',
  'page.preferences.on': 'Recordármelo de vez en cuando',
  'page.preferences.off': 'Avisarme una vez, sin recordatorios',
  'page.not_mine.heading': '¿Estas cuentas no son suyas?',
  'page.not_mine.line': 'Dejaremos de escribir a {email} sobre las cuentas de redes sociales de {tenant}.',
  'page.not_mine.operator':
    'Si nadie más recibe estos mensajes, avisaremos a {brand} para que se pueda preguntar a otra persona.',
  'page.not_mine.button': 'No son mías',
  'page.unsubscribe.heading': '¿Dejar de recibir estos mensajes?',
  'page.unsubscribe.line':
    'Dejaremos de escribir a {email} cuando una de las cuentas de redes sociales de {tenant} requiera atención. Las publicaciones podrían fallar sin que usted lo sepa.',
  'page.unsubscribe.button': 'Dejar de recibirlos',
  'page.return.heading': '¿Quiere recibir de nuevo estos mensajes?',
  'page.return.line':
    'Volveremos a escribir a {email} cuando una de las cuentas de redes sociales de {tenant} requiera su atención.',
  'page.return.button': 'Sí, escríbanme',
  'page.return.already': 'Usted ya recibe estos mensajes.',
  'page.expired.heading': 'Este enlace ha caducado',
  'page.expired.line': 'Los mensajes más recientes de {brand} llevan un enlace más nuevo.',
  'page.nowhere.heading': 'Este enlace no lleva a ninguna parte',
  'page.nowhere.line': 'Puede que esté incompleto o que sea de una cuenta que ya no se supervisa aquí.',
  'page.help': 'Si necesita ayuda, escriba a {help}.',
  'page.forged.heading': 'No ha cambiado nada',
  'page.forged.line': 'Lo que se envió no venía de nuestra página, o la página llevaba demasiado tiempo abierta.',
  'page.forged.again': 'Abra la página de nuevo y pulse allí el botón',

  'page.trouble.away': 'Esta página no se puede mostrar en este momento',
  'page.trouble.failed': 'Algo ha fallado aquí, y no es culpa suya',
  'page.trouble.line': 'Inténtelo de nuevo dentro de unos minutos. No se ha perdido nada.',
  'page.trouble.form':
    'Es posible que lo que ha pedido aún no esté hecho. Puede pedirlo otra vez: hacerlo dos veces no causa ningún problema.',
  'page.trouble.again': 'Intentarlo de nuevo',

  'page.done.snoozed_day': 'Sin recordatorios de esto durante un día. Aun así le avisaremos cuando vuelva a funcionar.',
  'page.done.snoozed_week':
    'Sin recordatorios de esto durante una semana. Aun así le avisaremos cuando vuelva a funcionar.',
  'page.done.snoozed_until_fixed':
    'No habrá más recordatorios de esto. Aun así le avisaremos cuando vuelva a funcionar.',
  'page.done.snoozed_ended': 'Le enviaremos de nuevo recordatorios mientras algo requiera su atención.',
  'page.done.nothing_to_snooze': 'Nada requiere ahora su atención, así que no había recordatorios que pausar.',
  'page.done.unsubscribed': 'Se ha dado de baja. No le escribiremos más sobre estas cuentas de redes sociales.',
  'page.done.not_mine': 'Gracias. No le escribiremos más sobre estas cuentas de redes sociales.',
  'page.done.returned': 'Le escribiremos de nuevo cuando una de estas cuentas de redes sociales requiera su atención.',
  'page.done.preferred': 'Su elección se ha guardado.',
  'page.done.works': 'Acabamos de comprobarlo: todo funciona.',
  'page.done.works_so_far':
    'Acabamos de comprobarlo: funciona. Para estar seguros, lo comprobaremos una vez más dentro de {duration}.',
  'page.done.needs_you':
    'Acabamos de comprobarlo: algo sigue requiriendo su atención. Volveremos a comprobarlo dentro de {duration}.',
  'page.done.suspected':
    'Acabamos de comprobarlo: puede que algo no vaya bien. Lo comprobaremos una vez más dentro de {duration}, antes de pedirle nada.',
  'page.done.limited':
    'Acabamos de comprobarlo: nada requiere su atención, pero una red limita por ahora las publicaciones.',
  'page.done.unsure':
    'Constant Contact ha respondido, pero no puede decir cómo están todas las cuentas. Lo comprobaremos una vez más dentro de {duration}.',
  'page.done.no_answer': 'Constant Contact no respondió, así que no sabemos nada nuevo. Seguiremos intentándolo.',
  'page.done.still_asking':
    'Constant Contact todavía no ha respondido. Vuelva a abrir esta página dentro de un minuto.',
  'page.done.used_up':
    'Hoy ya no nos quedan consultas a Constant Contact, así que no pudimos comprobarlo. Continuaremos por nuestra cuenta: {moment}.',
  'page.done.asked_just_now':
    'Lo comprobamos hace menos de un minuto y no volvimos a hacerlo. Esto es lo que vimos; puede pedirlo de nuevo dentro de un minuto.',
  'page.done.paused': 'No lo comprobamos porque la comprobación de estas cuentas de redes sociales está en pausa.',
  'page.done.access_lost':
    'No pudimos comprobarlo: Constant Contact no nos deja ver estas cuentas de redes sociales en este momento.',
};
