import type { Language } from './language.ts';
import { payeeHttpWords } from './payee-http-words.ts';

/** What happened, and what to do. */
export type Words = readonly [happened: string, todo: string];
type WordsByLanguage = Readonly<Record<Language, Words>>;

/** The domain's noes that a payee can meet, in their words: an English one, too, speaks of nothing that is the team's. */
const domain = {
  payee_blocked: {
    en: [
      'Your payouts are paused by the platform that pays you. Nothing was changed.',
      'Ask them what is needed; what you earned stays yours.',
    ],
    fr: [
      'La plateforme qui vous paie a bloqué vos versements. Rien n’a été changé.',
      'Demandez-lui ce qu’il faut faire ; ce que vous avez gagné reste à vous.',
    ],
    ht: [
      'Platfòm ki peye w la mete peman ou yo sou pòz. Anyen pa chanje.',
      'Mande yo kisa ki nesesè; sa ou fè a rete pou ou.',
    ],
  },
  payee_not_found: {
    en: ['You are not among those who are paid here any more. Nothing was changed.', 'Ask the platform.'],
    fr: [
      'Vous ne faites plus partie de ceux qui sont payés ici. Rien n’a été changé.',
      'Demandez à la plateforme.',
    ],
    ht: ['Ou pa nan lis moun yo peye isit la ankò. Anyen pa chanje.', 'Mande platfòm nan.'],
  },
  payout_not_found: {
    en: ['You have no such payout.', 'Look at the list of your payouts.'],
    fr: ['Ce versement n’est pas parmi les vôtres.', 'Regardez la liste de vos versements.'],
    ht: ['Ou pa gen peman sa a.', 'Gade lis peman ou yo.'],
  },
  method_not_found: {
    en: [
      'You have no such payout method. Nothing was changed.',
      'Look at the list of your payout methods; one that was removed is added again.',
    ],
    fr: [
      'Vous n’avez pas ce moyen de versement. Rien n’a été changé.',
      'Regardez la liste de vos moyens ; ajoutez de nouveau celui que vous avez retiré.',
    ],
    ht: [
      'Ou pa gen mwayen peman sa a. Anyen pa chanje.',
      'Gade lis mwayen ou yo; si ou te retire youn, ajoute l ankò.',
    ],
  },
  method_is_default: {
    en: [
      'This is the payout method in use. Nothing was changed.',
      'Make another one the method in use first.',
    ],
    fr: [
      'C’est votre moyen de versement par défaut. Rien n’a été changé.',
      'Choisissez d’abord un autre moyen par défaut.',
    ],
    ht: ['Se mwayen peman w ap itilize a. Anyen pa chanje.', 'Chwazi yon lòt mwayen prensipal anvan.'],
  },
  method_frozen: {
    en: [
      'This payout method is frozen, as you said that it was not yours. Nothing was changed.',
      'Use another one; the platform releases it when it is right after all.',
    ],
    fr: [
      'Ce moyen de versement est gelé, car vous avez dit qu’il n’était pas à vous. Rien n’a été changé.',
      'Utilisez-en un autre ; la plateforme le libère s’il est bon malgré tout.',
    ],
    ht: [
      'Mwayen peman sa a bloke, paske ou di li pa pou ou. Anyen pa chanje.',
      'Sèvi ak yon lòt; platfòm nan ap debloke l si li bon vre.',
    ],
  },
  method_not_in_use: {
    en: [
      'This is not the payout method in use. Nothing was asked for and no money moved.',
      'Make it the method in use first, then ask again.',
    ],
    fr: [
      'Ce n’est pas le moyen de versement utilisé. Rien n’a été demandé et aucun argent n’a bougé.',
      'Choisissez-le d’abord comme moyen utilisé, puis recommencez.',
    ],
    ht: [
      'Se pa mwayen peman w ap itilize a. Yo pa mande anyen e okenn lajan pa deplase.',
      'Chwazi l anvan kòm mwayen w ap itilize, epi mande ankò.',
    ],
  },
  too_many_methods: {
    en: ['You have as many payout methods as you may. Nothing was changed.', 'Remove one first.'],
    fr: [
      'Vous avez déjà autant de moyens de versement que possible. Rien n’a été changé.',
      'Retirez-en un d’abord.',
    ],
    ht: ['Ou gen tout kantite mwayen peman ou ka genyen. Anyen pa chanje.', 'Retire youn anvan.'],
  },
  too_many_changes: {
    en: [
      'You have changed how you are paid as often as you may in one day. Nothing was changed.',
      'Try again tomorrow, after midnight UTC.',
    ],
    fr: [
      'Vous avez changé aujourd’hui vos moyens de versement aussi souvent que possible. Rien n’a été changé.',
      'Recommencez demain, après minuit UTC.',
    ],
    ht: [
      'Ou chanje mwayen peman ou yo tout kantite fwa ou ka fè sa nan yon jou. Anyen pa chanje.',
      'Eseye ankò demen, apre minwi UTC.',
    ],
  },
  payout_method_missing: {
    en: [
      'You have not said yet how you want to be paid. Nothing was changed.',
      'Add a payout method, then ask again.',
    ],
    fr: [
      'Vous n’avez pas encore dit comment vous voulez être payé. Rien n’a été changé.',
      'Ajoutez un moyen de versement, puis recommencez.',
    ],
    ht: ['Ou poko di kijan ou vle yo peye w. Anyen pa chanje.', 'Ajoute yon mwayen peman, epi mande ankò.'],
  },
  nothing_earned: {
    en: ['There is nothing to pay out. Nothing was changed.', 'Ask again when you have earned something.'],
    fr: ['Il n’y a rien à verser. Rien n’a été changé.', 'Recommencez quand vous aurez gagné quelque chose.'],
    ht: ['Pa gen anyen pou peye. Anyen pa chanje.', 'Mande ankò lè ou fè yon bagay.'],
  },
  currency_needed: {
    en: ['You have balances in several currencies. Nothing was changed.', 'Choose the one to be paid out.'],
    fr: ['Vous avez des soldes en plusieurs devises. Rien n’a été changé.', 'Choisissez celui à verser.'],
    ht: ['Ou gen balans nan plizyè deviz. Anyen pa chanje.', 'Chwazi sa ou vle yo peye a.'],
  },
  below_minimum: {
    en: [
      'What is available is less than the least amount of a payout. Nothing was changed and no money moved.',
      'Wait until more is available; you see above what is missing.',
    ],
    fr: [
      'Ce qui est disponible est inférieur au montant minimal d’un versement. Rien n’a été changé et aucun argent n’a bougé.',
      'Attendez qu’il y ait davantage ; vous voyez plus haut ce qui manque.',
    ],
    ht: [
      'Sa ki disponib la pi piti pase minimòm yon peman. Anyen pa chanje e okenn lajan pa deplase.',
      'Tann jiskaske gen plis; ou wè pi wo konbyen ki manke.',
    ],
  },
  amount_outside_limits: {
    en: [
      'This amount is outside the limits of one payout. Nothing was changed and no money moved.',
      'Ask the platform to pay it another way or in parts.',
    ],
    fr: [
      'Ce montant sort des limites d’un versement. Rien n’a été changé et aucun argent n’a bougé.',
      'Demandez à la plateforme de le payer autrement ou en plusieurs fois.',
    ],
    ht: [
      'Montan sa a depase limit yon peman. Anyen pa chanje e okenn lajan pa deplase.',
      'Mande platfòm nan peye l yon lòt jan oswa an plizyè fwa.',
    ],
  },
  not_yours_to_fix: {
    en: [
      'This payment does not wait for you to change anything. Nothing was changed and no money moved.',
      'Its page says who has the next move; where money goes from now on is changed under payout methods.',
    ],
    fr: [
      'Ce versement n’attend aucun changement de votre part. Rien n’a été changé et aucun argent n’a bougé.',
      'Sa page dit à qui d’agir ; où va l’argent désormais se change sous Moyens.',
    ],
    ht: [
      'Peman sa a pa bezwen okenn chanjman nan men ou. Anyen pa chanje e okenn lajan pa deplase.',
      'Paj li a di ki moun ki pou aji; ou ka chanje kote lajan ou ale nan Mwayen.',
    ],
  },
  same_method_failed: {
    en: [
      'This is where the payment just failed, and it would fail there again. Nothing was changed and no money moved.',
      'Enter another address, or choose another payout method.',
    ],
    fr: [
      'C’est là que le versement vient d’échouer, et il y échouerait encore. Rien n’a été changé et aucun argent n’a bougé.',
      'Saisissez une autre adresse, ou choisissez un autre moyen de versement.',
    ],
    ht: [
      'Se la peman an fèk echwe, epi l ap echwe ankò. Anyen pa chanje e okenn lajan pa deplase.',
      'Mete yon lòt adrès, oswa chwazi yon lòt mwayen peman.',
    ],
  },
  not_arrived: {
    en: ['This payment has not arrived, so there is no receipt of it.', 'Its page says where it is.'],
    fr: ['Ce versement n’est pas arrivé : il n’a pas de reçu.', 'Sa page dit où il est.'],
    ht: ['Peman sa a poko rive, kidonk li pa gen resi.', 'Paj li a di ki kote l ye.'],
  },
  payout_in_progress: {
    en: [
      'This payment is on its way, or it is not known yet whether it arrived. It was not sent again.',
      'Wait until it is known; it shows here by itself.',
    ],
    fr: [
      'Ce versement est en route, ou on ne sait pas encore s’il est arrivé. Il n’a pas été renvoyé.',
      'Attendez qu’on le sache ; cela s’affiche ici.',
    ],
    ht: [
      'Peman sa a sou wout, oswa nou poko konnen si li rive. Yo pa voye l ankò.',
      'Tann nou konnen; sa ap parèt isit la poukont li.',
    ],
  },
  already_processed: {
    en: ['This has been done already. Nothing was changed.', 'Look at how it stands now.'],
    fr: ['C’est déjà fait. Rien n’a été changé.', 'Regardez où cela en est.'],
    ht: ['Sa deja fèt. Anyen pa chanje.', 'Gade kote sa rive.'],
  },
  payee_owes: {
    en: [
      'Something you were paid for was taken back, so you owe it. Nothing was changed and no money moved.',
      'Request a payout of all that is available; it is that much less.',
    ],
    fr: [
      'Quelque chose qui vous avait été payé a été repris : vous le devez. Rien n’a été changé et aucun argent n’a bougé.',
      'Demandez un versement de tout ce qui est disponible ; il sera diminué d’autant.',
    ],
    ht: [
      'Yo reprann yon bagay yo te peye w, kidonk ou dwe l. Anyen pa chanje e okenn lajan pa deplase.',
      'Mande yon peman pou tout sa ki disponib; y ap wete sa ladan l.',
    ],
  },
  request_in_flight_already: {
    en: [
      'You have asked for a payout already, and it is still under way. No second one was made and nothing was changed.',
      'Follow the one that is under way; ask again when it has ended.',
    ],
    fr: [
      'Vous avez déjà demandé un versement, qui est encore en cours. Aucun second n’a été créé et rien n’a été changé.',
      'Suivez celui qui est en cours ; recommencez quand il sera terminé.',
    ],
    ht: [
      'Ou deja mande yon peman, epi li poko fini. Yo pa fè yon dezyèm e anyen pa chanje.',
      'Swiv sa ki sou wout la; mande ankò lè li fini.',
    ],
  },
  below_platform_minimum: {
    en: [
      'Your own least amount cannot be less than that of the platform. Nothing was changed.',
      'Give a larger amount, or leave it empty to follow the platform.',
    ],
    fr: [
      'Votre propre minimum ne peut pas être inférieur à celui de la plateforme. Rien n’a été changé.',
      'Donnez un montant plus élevé, ou laissez vide pour suivre la plateforme.',
    ],
    ht: [
      'Minimòm pa ou pa ka pi piti pase minimòm platfòm nan. Anyen pa chanje.',
      'Mete yon pi gwo montan, oswa kite l vid pou swiv platfòm nan.',
    ],
  },
  rate_missing: {
    en: [
      'The platform has no rate between these currencies. Nothing was changed and no money moved.',
      'Choose the currency of the balance, or ask the platform.',
    ],
    fr: [
      'La plateforme n’a pas de taux entre ces devises. Rien n’a été changé et aucun argent n’a bougé.',
      'Choisissez la devise du solde, ou demandez à la plateforme.',
    ],
    ht: [
      'Platfòm nan pa gen to ant deviz sa yo. Anyen pa chanje e okenn lajan pa deplase.',
      'Chwazi deviz balans lan, oswa mande platfòm nan.',
    ],
  },
  rate_too_old: {
    en: [
      'The last rate between these currencies is too old. Nothing was changed and no money moved.',
      'Choose the currency of the balance, or try again when the platform has a new rate.',
    ],
    fr: [
      'Le dernier taux entre ces devises est trop ancien. Rien n’a été changé et aucun argent n’a bougé.',
      'Choisissez la devise du solde, ou recommencez quand la plateforme aura un nouveau taux.',
    ],
    ht: [
      'Dènye to ant deviz sa yo twò vye. Anyen pa chanje e okenn lajan pa deplase.',
      'Chwazi deviz balans lan, oswa eseye ankò lè platfòm nan gen yon nouvo to.',
    ],
  },
  rate_changed: {
    en: [
      'The rate has changed since you saw it. Nothing was changed and no money moved.',
      'Look at the new amount, then ask again.',
    ],
    fr: [
      'Le taux a changé depuis que vous l’avez vu. Rien n’a été changé et aucun argent n’a bougé.',
      'Regardez le nouveau montant, puis recommencez.',
    ],
    ht: [
      'To a chanje depi lè ou te wè l la. Anyen pa chanje e okenn lajan pa deplase.',
      'Gade nouvo montan an, epi mande ankò.',
    ],
  },
  conversion_out_of_range: {
    en: [
      'Converted, the amount is too small or too large to be paid. Nothing was changed and no money moved.',
      'Choose the currency of the balance, or wait until there is more.',
    ],
    fr: [
      'Une fois converti, le montant est trop petit ou trop grand. Rien n’a été changé et aucun argent n’a bougé.',
      'Choisissez la devise du solde, ou attendez qu’il y ait davantage.',
    ],
    ht: [
      'Lè yo konvèti l, montan an twò piti oswa twò gwo. Anyen pa chanje e okenn lajan pa deplase.',
      'Chwazi deviz balans lan, oswa tann jiskaske gen plis.',
    ],
  },
  currency_not_taken: {
    en: [
      'Your payout method takes no payments in this currency. Nothing was changed and no money moved.',
      'Choose another currency, or add another payout method.',
    ],
    fr: [
      'Votre moyen de versement n’accepte pas cette devise. Rien n’a été changé et aucun argent n’a bougé.',
      'Choisissez une autre devise, ou ajoutez un autre moyen de versement.',
    ],
    ht: [
      'Mwayen peman ou a pa pran deviz sa a. Anyen pa chanje e okenn lajan pa deplase.',
      'Chwazi yon lòt deviz, oswa ajoute yon lòt mwayen peman.',
    ],
  },
  amount_not_whole: {
    en: [
      'Your payout method takes round amounts only in this currency. Nothing was changed and no money moved.',
      'Ask again when the balance is round, choose another currency, or add another payout method.',
    ],
    fr: [
      'Votre moyen de versement n’accepte que des montants ronds dans cette devise. Rien n’a été changé et aucun argent n’a bougé.',
      'Recommencez quand le solde sera rond, choisissez une autre devise, ou ajoutez un autre moyen.',
    ],
    ht: [
      'Mwayen peman ou a pran sèlman montan won nan deviz sa a. Anyen pa chanje e okenn lajan pa deplase.',
      'Mande ankò lè balans lan won, chwazi yon lòt deviz, oswa ajoute yon lòt mwayen.',
    ],
  },
} as const satisfies Record<string, WordsByLanguage>;

const words = { ...domain, ...payeeHttpWords };

/** Every no that a payee can meet. */
type PayeeRefusal = keyof typeof words;
export const payeeRefusals: readonly string[] = Object.keys(words);

/** A no in a payee's language; null: a payee meets no such no. */
export function payeeRefusalWords(code: string, language: Language): Words | null {
  return Object.hasOwn(words, code) ? words[code as PayeeRefusal][language] : null;
}
