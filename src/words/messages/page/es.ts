import type { PageMessages } from './en.ts';

export const pageEs: PageMessages = {
  'page.intro': 'Las cuentas de redes sociales de {tenant} en Constant Contact.',
  'page.looked': 'Linkwatch las consultó por última vez el {moment} ({ago}).',
  'page.never_looked': 'Linkwatch todavía no las ha consultado.',

  'page.summary.needs_you': {
    one: 'Una de sus cuentas de redes sociales requiere su atención',
    other: '{count} de sus cuentas de redes sociales requieren su atención',
  },
  'page.summary.access': 'Linkwatch no puede ver sus cuentas de redes sociales en este momento',
  'page.summary.paused': 'Linkwatch no supervisa estas cuentas de redes sociales en este momento',
  'page.summary.not_yet': 'Linkwatch todavía no ha visto sus cuentas de redes sociales',
  'page.summary.empty': 'No hay ninguna cuenta de redes sociales conectada a Constant Contact',
  'page.summary.well': 'Todas sus cuentas de redes sociales funcionan',
  'page.summary.no_need': 'Ninguna de sus cuentas de redes sociales requiere su atención',
  'page.paused':
    'La supervisión está en pausa: Linkwatch no consulta nada ni escribe a nadie. Si no lo esperaba, escriba a {help}.',

  'page.label.broken': 'Requiere su atención',
  'page.label.waiting': 'En espera',
  'page.label.unobserved': 'No vista',
  'page.label.healthy': 'Funciona',
  'page.label.removed': 'Eliminada',
  'page.label.suspected': 'En comprobación',
  'page.suspected': 'Puede que algo no vaya bien aquí. Linkwatch vuelve a comprobarlo antes de pedirle nada.',
  'page.recovering': 'Funciona. Linkwatch lo comprueba una vez más para estar seguro.',
  'page.wait': 'No tiene que hacer nada: un límite así suele terminar por sí solo.',
  'page.check_failed': '{network} no respondió cuando Constant Contact preguntó. Linkwatch sigue comprobándolo.',
  'page.removed': 'Esta cuenta ya no está conectada a Constant Contact. Si es a propósito, todo está bien.',
  'page.last_seen': 'Linkwatch la vio por última vez el {moment}.',
  'page.not_seen': 'Linkwatch todavía no la ha visto.',
  'page.snoozed': 'Sin recordatorios sobre ella hasta el {moment}.',
  'page.snoozed_until_fixed': 'Sin recordatorios sobre ella hasta que funcione.',

  'page.note.unsubscribed': 'Usted se dio de baja: Linkwatch no le envía mensajes sobre estas cuentas.',
  'page.note.not_mine': 'Usted indicó que estas cuentas no son suyas: Linkwatch no le envía mensajes sobre ellas.',
  'page.note.undeliverable':
    'El correo a {email} fue rechazado por no poder entregarse, así que Linkwatch no le envía ninguno.',
  'page.note.reminders_off': 'No recibe recordatorios porque usted lo eligió así.',

  'page.nav': 'Qué más puede hacer',
  'page.link.check': 'Ya he reconectado: comprobar ahora',
  'page.link.snooze': 'Sin recordatorios por un tiempo',
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
    'Linkwatch pregunta enseguida a Constant Contact por las cuentas de redes sociales de {tenant}, lo que puede tardar unos segundos. Después verá aquí lo que encontró.',
  'page.check.button': 'Comprobar ahora',

  'page.snooze.heading': 'Sin recordatorios por un tiempo',
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
  'page.not_mine.line': 'Linkwatch dejará de escribir a {email} sobre las cuentas de redes sociales de {tenant}.',
  'page.not_mine.operator':
    'Si nadie más recibe estos mensajes, se avisará a quienes administran Linkwatch para que puedan preguntar a otra persona.',
  'page.not_mine.button': 'No son mías',

  'page.unsubscribe.heading': '¿Dejar de recibir estos mensajes?',
  'page.unsubscribe.line':
    'Linkwatch dejará de escribir a {email} cuando una de las cuentas de redes sociales de {tenant} requiera atención. Las publicaciones podrían fallar sin que usted lo sepa.',
  'page.unsubscribe.button': 'Dejar de recibirlos',

  'page.return.heading': '¿Quiere recibir de nuevo estos mensajes?',
  'page.return.line':
    'Linkwatch volverá a escribir a {email} cuando una de las cuentas de redes sociales de {tenant} requiera su atención.',
  'page.return.button': 'Sí, escríbanme',
  'page.return.already': 'Usted ya recibe estos mensajes.',

  'page.expired.heading': 'Este enlace ha caducado',
  'page.expired.line': 'Los mensajes más recientes de Linkwatch llevan un enlace más nuevo.',
  'page.nowhere.heading': 'Este enlace no lleva a ninguna parte',
  'page.nowhere.line': 'Puede que esté incompleto o que sea de una cuenta que Linkwatch ya no supervisa.',
  'page.help': 'Si necesita ayuda, escriba a {help}.',
  'page.forged.heading': 'No ha cambiado nada',
  'page.forged.line': 'Lo que se envió no venía de nuestra página, o la página llevaba demasiado tiempo abierta.',
  'page.forged.again': 'Abra la página de nuevo y pulse allí el botón',

  'page.done.snoozed_day': 'Sin recordatorios de esto durante un día. Aun así le avisaremos cuando vuelva a funcionar.',
  'page.done.snoozed_week':
    'Sin recordatorios de esto durante una semana. Aun así le avisaremos cuando vuelva a funcionar.',
  'page.done.snoozed_until_fixed':
    'No habrá más recordatorios de esto. Aun así le avisaremos cuando vuelva a funcionar.',
  'page.done.snoozed_ended': 'Linkwatch le enviará de nuevo recordatorios mientras algo requiera su atención.',
  'page.done.nothing_to_snooze': 'Nada requiere ahora su atención, así que no había recordatorios que detener.',
  'page.done.unsubscribed': 'Se ha dado de baja. Linkwatch no le escribirá más sobre estas cuentas de redes sociales.',
  'page.done.not_mine': 'Gracias. Linkwatch no le escribirá más sobre estas cuentas de redes sociales.',
  'page.done.returned':
    'Linkwatch le escribirá de nuevo cuando una de estas cuentas de redes sociales requiera su atención.',
  'page.done.preferred': 'Su elección se ha guardado.',
  'page.done.works': 'Linkwatch acaba de comprobarlo: todo funciona.',
  'page.done.works_so_far':
    'Linkwatch acaba de comprobarlo: funciona. Para estar seguro, lo comprobará una vez más dentro de {duration}.',
  'page.done.needs_you':
    'Linkwatch acaba de comprobarlo: algo sigue requiriendo su atención. Volverá a comprobarlo dentro de {duration}.',
  'page.done.suspected':
    'Linkwatch acaba de comprobarlo: puede que algo no vaya bien. Lo comprobará una vez más dentro de {duration}, antes de pedirle nada.',
  'page.done.limited':
    'Linkwatch acaba de comprobarlo: nada requiere su atención, pero una red limita por ahora las publicaciones.',
  'page.done.unsure':
    'Constant Contact ha respondido, pero no sabe cómo están todas las cuentas. Linkwatch lo comprobará una vez más dentro de {duration}.',
  'page.done.no_answer':
    'Constant Contact no respondió, así que no se sabe nada nuevo. Linkwatch sigue intentándolo por sí solo.',
  'page.done.still_asking':
    'Constant Contact todavía no ha respondido. Vuelva a abrir esta página dentro de un minuto.',
  'page.done.used_up':
    'A Linkwatch no le quedan hoy consultas a Constant Contact, así que no pudo comprobarlo. Continuará por sí solo: {moment}.',
  'page.done.asked_just_now':
    'Linkwatch lo comprobó hace menos de un minuto y no volvió a hacerlo. Esto es lo que vio; puede pedirlo de nuevo dentro de un minuto.',
  'page.done.paused':
    'Linkwatch no lo comprobó porque la supervisión de estas cuentas de redes sociales está en pausa.',
  'page.done.access_lost':
    'Linkwatch no pudo comprobarlo: Constant Contact no le deja ver estas cuentas de redes sociales en este momento.',
};
