/** Noes of HTTP that a payee can meet, in their words; see payee-refusals.ts. */
export const payeeHttpWords = {
  unauthorized: {
    en: ['You are not signed in any more. Nothing was changed.', 'Sign in again; we mail you a link.'],
    fr: [
      'Vous n’êtes plus connecté. Rien n’a été changé.',
      'Connectez-vous de nouveau ; nous vous envoyons un lien.',
    ],
    ht: ['Ou pa konekte ankò. Anyen pa chanje.', 'Konekte ankò; n ap voye yon lyen ba ou pa imèl.'],
  },
  link_not_valid: {
    en: [
      'This link was used already, is too old, or is not one of ours. Nobody was signed in.',
      'Ask for a new link; the newest mail has the one that works.',
    ],
    fr: [
      'Ce lien a déjà servi, est trop ancien, ou n’est pas de nous. Personne n’a été connecté.',
      'Demandez un nouveau lien ; le plus récent de vos messages contient celui qui marche.',
    ],
    ht: [
      'Lyen sa a deja sèvi, li twò vye, oswa se pa youn nan pa nou yo. Pèsonn pa konekte.',
      'Mande yon nouvo lyen; se dènye imèl la ki gen sa ki mache a.',
    ],
  },
  forbidden: {
    en: ['You may not do that. Nothing was changed.', 'Ask the platform that pays you.'],
    fr: ['Vous ne pouvez pas faire cela. Rien n’a été changé.', 'Demandez à la plateforme qui vous paie.'],
    ht: ['Ou pa gen dwa fè sa. Anyen pa chanje.', 'Mande platfòm ki peye w la.'],
  },
  cross_site: {
    en: ['This did not come from your payout pages. Nothing was changed.', 'Open them and do it there.'],
    fr: ['Cela ne venait pas de vos pages de versements. Rien n’a été changé.', 'Ouvrez-les et recommencez.'],
    ht: ['Sa pa soti nan paj peman ou yo. Anyen pa chanje.', 'Louvri yo epi fè l la.'],
  },
  conflict: {
    en: [
      'Something else changed at the same moment. Nothing was changed by this.',
      'Look at how things stand, then try again.',
    ],
    fr: [
      'Autre chose a changé au même moment. Rien n’a été changé par ceci.',
      'Regardez l’état présent, puis recommencez.',
    ],
    ht: [
      'Yon lòt bagay chanje nan menm moman an. Sa a pa chanje anyen.',
      'Gade kijan bagay yo ye, epi eseye ankò.',
    ],
  },
  request_in_flight: {
    en: ['The first press is still being carried out. Nothing was done twice.', 'Wait a moment.'],
    fr: ['La première demande est encore en cours. Rien n’a été fait deux fois.', 'Attendez un instant.'],
    ht: ['Y ap trete premye demann nan toujou. Anyen pa fèt de fwa.', 'Tann yon ti moman.'],
  },
  idempotency_key_reused: {
    en: ['This was sent before with other words. Nothing was changed by this.', 'Open the page anew.'],
    fr: ['Ceci a déjà été envoyé autrement. Rien n’a été changé par ceci.', 'Rouvrez la page.'],
    ht: ['Yo te deja voye sa yon lòt jan. Sa a pa chanje anyen.', 'Louvri paj la ankò.'],
  },
  invalid_idempotency_key: {
    en: ['The page sent something that cannot be read. Nothing was changed.', 'Open the page anew.'],
    fr: ['La page a envoyé quelque chose d’illisible. Rien n’a été changé.', 'Rouvrez la page.'],
    ht: ['Paj la voye yon bagay yo pa ka li. Anyen pa chanje.', 'Louvri paj la ankò.'],
  },
  invalid_request: {
    en: ['Something you entered is not valid. Nothing was changed.', 'Correct it and try again.'],
    fr: ['Une valeur saisie n’est pas valable. Rien n’a été changé.', 'Corrigez-la et recommencez.'],
    ht: ['Gen yon enfòmasyon ou mete ki pa bon. Anyen pa chanje.', 'Korije l epi eseye ankò.'],
  },
  unreadable: {
    en: ['The request could not be read. Nothing was changed.', 'Open the page anew and try again.'],
    fr: ['La demande n’a pas pu être lue. Rien n’a été changé.', 'Rouvrez la page et recommencez.'],
    ht: ['Yo pa t ka li demann nan. Anyen pa chanje.', 'Louvri paj la ankò epi eseye.'],
  },
  not_found: {
    en: ['There is nothing like this of yours. Nothing was changed.', 'Go back and look at the list.'],
    fr: ['Il n’y a rien de tel chez vous. Rien n’a été changé.', 'Revenez en arrière et regardez la liste.'],
    ht: ['Pa gen anyen konsa pou ou. Anyen pa chanje.', 'Tounen dèyè epi gade lis la.'],
  },
  method_not_allowed: {
    en: ['That cannot be done here. Nothing was changed.', 'Open the page anew.'],
    fr: ['Cela ne peut pas se faire ici. Rien n’a été changé.', 'Rouvrez la page.'],
    ht: ['Sa pa ka fèt isit la. Anyen pa chanje.', 'Louvri paj la ankò.'],
  },
  too_slow: {
    en: ['The request did not arrive in time. Nothing was changed.', 'Try again with a better connection.'],
    fr: [
      'La demande n’est pas arrivée à temps. Rien n’a été changé.',
      'Recommencez avec une meilleure connexion.',
    ],
    ht: ['Demann nan pa rive alè. Anyen pa chanje.', 'Eseye ankò lè koneksyon an pi bon.'],
  },
  too_large: {
    en: ['That was too much at once. Nothing was changed.', 'Enter less.'],
    fr: ['C’était trop à la fois. Rien n’a été changé.', 'Saisissez moins.'],
    ht: ['Se te twòp yon sèl kou. Anyen pa chanje.', 'Mete mwens.'],
  },
  headers_too_large: {
    en: ['The address of the page is too long. Nothing was changed.', 'Open your payout pages anew.'],
    fr: ['L’adresse de la page est trop longue. Rien n’a été changé.', 'Rouvrez vos pages de versements.'],
    ht: ['Adrès paj la twò long. Anyen pa chanje.', 'Louvri paj peman ou yo ankò.'],
  },
  unsupported_media_type: {
    en: ['The page sent something that cannot be read. Nothing was changed.', 'Open the page anew.'],
    fr: ['La page a envoyé quelque chose d’illisible. Rien n’a été changé.', 'Rouvrez la page.'],
    ht: ['Paj la voye yon bagay yo pa ka li. Anyen pa chanje.', 'Louvri paj la ankò.'],
  },
  too_many_requests: {
    en: ['That was too often in a short time. Nothing was changed by this.', 'Wait a minute and try again.'],
    fr: [
      'C’était trop souvent en peu de temps. Rien n’a été changé par ceci.',
      'Attendez une minute et recommencez.',
    ],
    ht: ['Se twòp fwa nan yon ti tan. Sa a pa chanje anyen.', 'Tann yon minit epi eseye ankò.'],
  },
  too_many_streams: {
    en: ['You have these pages open too often. Nothing was changed.', 'Close some of them.'],
    fr: ['Vous avez ouvert ces pages trop souvent. Rien n’a été changé.', 'Fermez-en quelques-unes.'],
    ht: ['Ou gen twòp paj konsa ki louvri. Anyen pa chanje.', 'Fèmen kèk ladan yo.'],
  },
  streams_full: {
    en: ['Too many people look at this at once. Nothing was changed.', 'Try again in a moment.'],
    fr: ['Trop de personnes regardent en même temps. Rien n’a été changé.', 'Recommencez dans un instant.'],
    ht: ['Gen twòp moun k ap gade an menm tan. Anyen pa chanje.', 'Eseye ankò nan yon ti moman.'],
  },
  internal: {
    en: [
      'Something failed on our side. No money was sent by it.',
      'Look at how things stand now, then try again; repeating it cannot pay twice.',
    ],
    fr: [
      'Quelque chose a échoué de notre côté. Aucun argent n’est parti.',
      'Regardez l’état présent, puis recommencez ; recommencer ne peut pas payer deux fois.',
    ],
    ht: [
      'Gen yon bagay ki pa mache bò kote pa nou. Okenn lajan pa soti.',
      'Gade kijan bagay yo ye kounye a, epi eseye ankò; sa pa ka fè yo peye de fwa.',
    ],
  },
  stopping: {
    en: ['We are restarting. Nothing was changed, and no money was sent.', 'Try again in a moment.'],
    fr: [
      'Nous redémarrons. Rien n’a été changé, et aucun argent n’est parti.',
      'Recommencez dans un instant.',
    ],
    ht: ['N ap relanse sistèm nan. Anyen pa chanje, okenn lajan pa soti.', 'Eseye ankò nan yon ti moman.'],
  },
  unavailable: {
    en: [
      'We cannot be reached at this moment, so it is not known whether this was done. No money is sent by it.',
      'Wait a moment, look at how things stand, then try again; repeating it cannot pay twice.',
    ],
    fr: [
      'Nous ne sommes pas joignables en ce moment : on ne sait pas si cela a été fait. Aucun argent ne part ainsi.',
      'Attendez un instant, regardez l’état présent, puis recommencez ; cela ne peut pas payer deux fois.',
    ],
    ht: [
      'Yo pa ka jwenn nou kounye a, kidonk nou pa konnen si sa fèt. Okenn lajan pa soti konsa.',
      'Tann yon ti moman, gade kijan bagay yo ye, epi eseye ankò; sa pa ka fè yo peye de fwa.',
    ],
  },
} as const;
