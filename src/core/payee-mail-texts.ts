import type { Language } from './language.ts';
import type { PayeeMail } from './settings.ts';

/** Every sentence of the mails to payees that their pages do not say, too. `money`, `at` and names are handed in as words. */
export interface PayeeMailTexts {
  readonly hello: (name: string) => string;
  /** To an address that is not known to be theirs. */
  readonly helloNobody: string;
  /** Between what a link does and the link, where there is no button. */
  readonly colon: string;
  readonly payout: {
    readonly subject: Record<PayeeMail, (money: string) => string>;
    readonly what: Record<PayeeMail, (money: string) => string>;
    readonly nextTry: (at: string) => string;
    readonly careful: (payoutId: string) => string;
  };
  readonly link: {
    readonly subject: (name: string) => string;
    readonly asked: string;
    readonly label: string;
    readonly works: (minutes: number) => string;
  };
  readonly change: {
    readonly methodSubject: Readonly<Record<'changed' | 'added', string>>;
    readonly emailSubject: string;
    /** By what the method is for. */
    readonly method: Readonly<Record<'default' | 'backup' | 'none', (method: string) => string>>;
    readonly notBefore: (at: string) => string;
    readonly emailChanged: string;
    readonly ifYou: string;
    readonly notMe: string;
    readonly whatItDoes: string;
  };
  /** By type; another type is called what it is called in the data. */
  readonly methods: Readonly<Record<'paypal' | 'bank' | 'moncash' | 'natcash' | 'stripe' | 'manual', string>>;
}

const en: PayeeMailTexts = {
  hello: (name) => `Hello ${name},`,
  helloNobody: 'Hello,',
  colon: ':',
  payout: {
    subject: {
      started: (money) => `Your payout of ${money} is on its way`,
      completed: (money) => `Your payout of ${money} was paid`,
      failed: (money) => `Your payout of ${money} could not be paid`,
      retrying: (money) => `Your payout of ${money} is delayed`,
      returned: (money) => `Your payout of ${money} came back`,
    },
    what: {
      started: (money) => `your payout of ${money} is on its way to you.`,
      completed: (money) => `your payout of ${money} was paid.`,
      failed: (money) => `your payout of ${money} could not be paid.`,
      retrying: (money) => `your payout of ${money} did not go through yet.`,
      returned: (money) => `your payout of ${money} came back and did not stay with you.`,
    },
    nextTry: (at) => `The next try is on ${at}.`,
    careful: (payoutId) =>
      `Payout ${payoutId}. Ask the platform that pays you if something is not clear; never send a password or bank details in answer to a mail.`,
  },
  link: {
    subject: (name) => `Your sign-in link, ${name}`,
    asked: 'somebody, most likely you, asked to see your payouts. This link signs you in once:',
    label: 'Sign in to your payouts',
    works: (minutes) =>
      `It works for ${minutes} minutes. If you did not ask for it, do nothing: without the link nobody gets in, and no money moves.`,
  },
  change: {
    methodSubject: { changed: 'Your payout method was changed', added: 'A payout method was added' },
    emailSubject: 'The e-mail address of your payouts was changed',
    method: {
      default: (method) => `Your payouts are set to go here: ${method}.`,
      backup: (method) =>
        `A payout method was added as a backup: ${method}. Nothing is paid to it unless it is made the one in use.`,
      none: (method) =>
        `A payout method was added: ${method}. Nothing is paid to it unless it is made the one in use.`,
    },
    notBefore: (at) => `For your safety nothing is paid to it before ${at}.`,
    emailChanged:
      'The e-mail address of your payouts was changed. Mail about them goes to the new one from now on.',
    ifYou: 'If this was you, there is nothing to do.',
    notMe: 'This was not me',
    whatItDoes:
      'That page asks once more and then stops all your payouts until the platform that pays you has looked into it. You do not have to sign in.',
  },
  methods: {
    paypal: 'PayPal',
    bank: 'Bank account',
    moncash: 'MonCash',
    natcash: 'NatCash',
    stripe: 'Stripe account',
    manual: 'By hand',
  },
};

const fr: PayeeMailTexts = {
  hello: (name) => `Bonjour ${name},`,
  helloNobody: 'Bonjour,',
  colon: ' :',
  payout: {
    subject: {
      started: (money) => `Votre versement de ${money} est en route`,
      completed: (money) => `Votre versement de ${money} a été payé`,
      failed: (money) => `Votre versement de ${money} n’a pas pu être payé`,
      retrying: (money) => `Votre versement de ${money} est retardé`,
      returned: (money) => `Votre versement de ${money} est revenu`,
    },
    what: {
      started: (money) => `votre versement de ${money} est en route vers vous.`,
      completed: (money) => `votre versement de ${money} a été payé.`,
      failed: (money) => `votre versement de ${money} n’a pas pu être payé.`,
      retrying: (money) => `votre versement de ${money} n’est pas encore passé.`,
      returned: (money) => `votre versement de ${money} est revenu : il n’est pas resté chez vous.`,
    },
    nextTry: (at) => `Nouvel essai le ${at}.`,
    careful: (payoutId) =>
      `Versement ${payoutId}. Si quelque chose n’est pas clair, demandez à la plateforme qui vous paie ; n’envoyez jamais de mot de passe ni de coordonnées bancaires en réponse à un message.`,
  },
  link: {
    subject: (name) => `Votre lien de connexion, ${name}`,
    asked:
      'quelqu’un, sans doute vous, a demandé à voir vos versements. Ce lien vous connecte une seule fois :',
    label: 'Se connecter à vos versements',
    works: (minutes) =>
      `Il marche pendant ${minutes} minutes. Si vous ne l’avez pas demandé, ne faites rien : sans ce lien personne n’entre, et aucun argent ne bouge.`,
  },
  change: {
    methodSubject: {
      changed: 'Votre moyen de versement a été changé',
      added: 'Un moyen de versement a été ajouté',
    },
    emailSubject: 'L’adresse e-mail de vos versements a été changée',
    method: {
      default: (method) => `Vos versements vont désormais ici : ${method}.`,
      backup: (method) =>
        `Un moyen de versement a été ajouté en réserve : ${method}. Rien n’y est payé tant qu’il n’est pas choisi comme moyen utilisé.`,
      none: (method) =>
        `Un moyen de versement a été ajouté : ${method}. Rien n’y est payé tant qu’il n’est pas choisi comme moyen utilisé.`,
    },
    notBefore: (at) => `Pour votre sécurité, rien n’y est payé avant le ${at}.`,
    emailChanged:
      'L’adresse e-mail de vos versements a été changée. Les messages à leur sujet vont désormais à la nouvelle.',
    ifYou: 'Si c’était vous, vous n’avez rien à faire.',
    notMe: 'Ce n’était pas moi',
    whatItDoes:
      'Cette page vous le demande encore une fois, puis suspend tous vos versements tant que la plateforme qui vous paie ne l’a pas examiné. Vous n’avez pas besoin de vous connecter.',
  },
  methods: {
    paypal: 'PayPal',
    bank: 'Compte bancaire',
    moncash: 'MonCash',
    natcash: 'NatCash',
    stripe: 'Compte Stripe',
    manual: 'De la main à la main',
  },
};

const ht: PayeeMailTexts = {
  hello: (name) => `Bonjou ${name},`,
  helloNobody: 'Bonjou,',
  colon: ':',
  payout: {
    subject: {
      started: (money) => `Peman ${money} ou a sou wout`,
      completed: (money) => `Yo peye peman ${money} ou a`,
      failed: (money) => `Peman ${money} ou a pa t ka fèt`,
      retrying: (money) => `Peman ${money} ou a an reta`,
      returned: (money) => `Peman ${money} ou a tounen`,
    },
    what: {
      started: (money) => `peman ${money} ou a sou wout pou l rive jwenn ou.`,
      completed: (money) => `yo peye peman ${money} ou a.`,
      failed: (money) => `peman ${money} ou a pa t ka fèt.`,
      retrying: (money) => `peman ${money} ou a poko pase.`,
      returned: (money) => `peman ${money} ou a tounen: li pa rete nan men ou.`,
    },
    nextTry: (at) => `Y ap eseye ankò ${at}.`,
    careful: (payoutId) =>
      `Peman ${payoutId}. Si gen yon bagay ki pa klè, mande platfòm ki peye w la; pa janm voye modpas ni enfòmasyon bank ou pou reponn yon imèl.`,
  },
  link: {
    subject: (name) => `Lyen pou w konekte, ${name}`,
    asked: 'yon moun, petèt ou menm, mande pou wè peman ou yo. Lyen sa a konekte w yon sèl fwa:',
    label: 'Konekte sou peman ou yo',
    works: (minutes) =>
      `Li mache pandan ${minutes} minit. Si se pa ou ki te mande l, pa fè anyen: san lyen an pèsonn pa ka antre, epi okenn lajan pa deplase.`,
  },
  change: {
    methodSubject: { changed: 'Mwayen peman ou a chanje', added: 'Yo ajoute yon mwayen peman' },
    emailSubject: 'Adrès imèl peman ou yo chanje',
    method: {
      default: (method) => `Depi kounye a, peman ou yo ale isit la: ${method}.`,
      backup: (method) =>
        `Yo ajoute yon mwayen peman an rezèv: ${method}. Yo pa peye anyen sou li toutotan yo pa chwazi l kòm mwayen w ap itilize.`,
      none: (method) =>
        `Yo ajoute yon mwayen peman: ${method}. Yo pa peye anyen sou li toutotan yo pa chwazi l kòm mwayen w ap itilize.`,
    },
    notBefore: (at) => `Pou sekirite w, yo pa peye anyen sou li anvan ${at}.`,
    emailChanged: 'Adrès imèl peman ou yo chanje. Depi kounye a, imèl sou peman yo ale sou nouvo adrès la.',
    ifYou: 'Si se te ou, ou pa bezwen fè anyen.',
    notMe: 'Se pa t mwen',
    whatItDoes:
      'Paj sa a ap mande w yon dènye fwa, epi l ap kanpe tout peman ou yo toutotan platfòm ki peye w la poko gade sa. Ou pa bezwen konekte.',
  },
  methods: {
    paypal: 'PayPal',
    bank: 'Kont bank',
    moncash: 'MonCash',
    natcash: 'NatCash',
    stripe: 'Kont Stripe',
    manual: 'Men nan men',
  },
};

/** The sentences by language. */
export const payeeMailTexts: Readonly<Record<Language, PayeeMailTexts>> = { en, fr, ht };
