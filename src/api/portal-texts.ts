import type { Language } from '../core/language.ts';

/** What stands on the portal's pages without a script. */
export interface PortalTexts {
  readonly name: string;
  readonly signIn: string;
  readonly confirm: string;
  readonly ask: string;
  readonly email: string;
  readonly emailMissing: string;
  readonly mailMe: string;
  readonly lookIntoMail: string;
  readonly onItsWay: string;
  readonly notMe: string;
  readonly notMeLead: string;
  readonly notMeStop: string;
  readonly notMeElse: string;
  readonly stopped: string;
  readonly stoppedWords: string;
  readonly unchanged: string;
  readonly unchangedWords: string;
  readonly notDone: string;
  readonly stranger: string;
  readonly languages: string;
  readonly sandbox: string;
}

const en: PortalTexts = {
  name: 'Your payouts',
  signIn: 'Sign in',
  confirm: 'This link signs you in to your payouts. It works once.',
  ask: 'We mail you a link that signs you in. There is no password.',
  email: 'Your e-mail address',
  emailMissing: 'Please enter your e-mail address.',
  mailMe: 'Mail me a link',
  lookIntoMail: 'Look into your mail',
  onItsWay:
    'If this address belongs to a payee, a mail with a sign-in link is on its way. The link works for 15 minutes.',
  notMe: 'This was not me',
  notMeLead:
    'If you did not change how you are paid, press the button: nothing more is paid to you until the platform that pays you has looked into it. Somebody of theirs then sets it right with you.',
  notMeStop: 'Stop my payouts',
  notMeElse: 'If it was you, close this page. Nothing has been changed.',
  stopped: 'Your payouts are stopped',
  stoppedWords:
    'Thank you. Nothing more is paid to you until the platform that pays you has looked into it, and everybody who was signed in as you is signed out. What you earned stays yours. Please tell the platform, too.',
  unchanged: 'Nothing was changed',
  unchangedWords:
    'This link was used already, is too old, or is not one of ours. Nothing was changed. If you see a change that was not yours, tell the platform that pays you at once.',
  notDone: 'Not done',
  stranger: 'This came from another site, so it was not done. Open the link of your mail again.',
  languages: 'Language',
  sandbox: 'Sandbox: no real money moves',
};

const fr: PortalTexts = {
  name: 'Vos versements',
  signIn: 'Se connecter',
  confirm: 'Ce lien vous connecte à vos versements. Il marche une seule fois.',
  ask: 'Nous vous envoyons par e-mail un lien qui vous connecte. Il n’y a pas de mot de passe.',
  email: 'Votre adresse e-mail',
  emailMissing: 'Saisissez votre adresse e-mail.',
  mailMe: 'Envoyez-moi un lien',
  lookIntoMail: 'Regardez vos messages',
  onItsWay:
    'Si cette adresse est celle d’un bénéficiaire, un message avec un lien de connexion est en route. Le lien marche pendant 15 minutes.',
  notMe: 'Ce n’était pas moi',
  notMeLead:
    'Si vous n’avez pas changé votre moyen de versement, appuyez sur le bouton : plus rien ne vous est payé tant que la plateforme qui vous paie ne l’a pas examiné. Quelqu’un de chez elle règle ensuite cela avec vous.',
  notMeStop: 'Suspendre mes versements',
  notMeElse: 'Si c’était vous, fermez cette page. Rien n’a été changé.',
  stopped: 'Vos versements sont suspendus',
  stoppedWords:
    'Merci. Plus rien ne vous est payé tant que la plateforme qui vous paie ne l’a pas examiné, et tous ceux qui étaient connectés à votre place sont déconnectés. Ce que vous avez gagné reste à vous. Prévenez aussi la plateforme.',
  unchanged: 'Rien n’a été changé',
  unchangedWords:
    'Ce lien a déjà servi, est trop ancien, ou n’est pas de nous. Rien n’a été changé. Si vous voyez un changement qui ne vient pas de vous, prévenez tout de suite la plateforme qui vous paie.',
  notDone: 'Pas fait',
  stranger: 'Ceci venait d’un autre site et n’a donc pas été fait. Rouvrez le lien de votre message.',
  languages: 'Langue',
  sandbox: 'Bac à sable : aucun argent réel ne bouge',
};

const ht: PortalTexts = {
  name: 'Peman ou yo',
  signIn: 'Konekte',
  confirm: 'Lyen sa a konekte w sou paj peman ou yo. Li mache yon sèl fwa.',
  ask: 'N ap voye yon lyen ba ou pa imèl pou konekte w. Pa gen modpas.',
  email: 'Adrès imèl ou',
  emailMissing: 'Mete adrès imèl ou, tanpri.',
  mailMe: 'Voye yon lyen ban mwen',
  lookIntoMail: 'Gade imèl ou',
  onItsWay:
    'Si adrès sa a se pou yon moun yo peye isit la, yon imèl ak yon lyen pou konekte sou wout. Lyen an mache pandan 15 minit.',
  notMe: 'Se pa t mwen',
  notMeLead:
    'Si se pa ou ki te chanje fason yo peye w la, peze bouton an: yo p ap peye w anyen ankò toutotan platfòm ki peye w la poko gade sa. Apre sa, yon moun lakay yo ap regle sa avè w.',
  notMeStop: 'Kanpe peman m yo',
  notMeElse: 'Si se te ou, fèmen paj sa a. Anyen pa chanje.',
  stopped: 'Peman ou yo kanpe',
  stoppedWords:
    'Mèsi. Yo p ap peye w anyen ankò toutotan platfòm ki peye w la poko gade sa, epi tout moun ki te konekte nan non ou dekonekte. Sa ou fè a rete pou ou. Di platfòm nan sa tou, tanpri.',
  unchanged: 'Anyen pa chanje',
  unchangedWords:
    'Lyen sa a deja sèvi, li twò vye, oswa se pa youn nan pa nou yo. Anyen pa chanje. Si ou wè yon chanjman ki pa soti nan men ou, avèti platfòm ki peye w la touswit.',
  notDone: 'Sa pa fèt',
  stranger: 'Sa soti nan yon lòt sit, kidonk yo pa fè l. Louvri lyen ki nan imèl ou a ankò.',
  languages: 'Lang',
  sandbox: 'Esè: okenn lajan vre pa deplase',
};

export const portalTexts: Readonly<Record<Language, PortalTexts>> = { en, fr, ht };

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  ht: 'Kreyòl',
};
