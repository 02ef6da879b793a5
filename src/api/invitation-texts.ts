import type { TeamLanguage } from '../core/language.ts';
import type { Role } from '../core/roles.ts';

interface Texts {
  readonly title: string;
  readonly invited: (role: string, email: string) => string;
  readonly roles: Readonly<Record<Role, string>>;
  readonly name: string;
  readonly password: string;
  readonly join: string;
  readonly welcome: string;
  readonly belongs: (email: string) => string;
  readonly toSignIn: string;
  readonly over: string;
  readonly isOver: string;
  readonly askAnew: string;
}

/** Words of the page on which somebody joins the team; what is marked up is safe already. */
export const invitationTexts: Readonly<Record<TeamLanguage, Texts>> = {
  en: {
    title: 'Join Purser',
    invited: (role, email) => `You are invited as ${role} with the e-mail ${email}.`,
    roles: { owner: 'owner', operator: 'operator', approver: 'approver', viewer: 'viewer' },
    name: 'Your name',
    password: 'A password of 12 characters or more',
    join: 'Join',
    welcome: 'Welcome',
    belongs: (email) =>
      `You belong to the team now. Sign in with ${email} and your password, then set up a second factor.`,
    toSignIn: 'Sign in',
    over: 'This link opens nothing',
    isOver: 'This invitation is not open: it was used, ended, or its 72 hours are over.',
    askAnew: 'Ask an owner for a new invitation.',
  },
  fr: {
    title: 'Rejoindre Purser',
    invited: (role, email) => `Vous êtes invité comme ${role} avec l’e-mail ${email}.`,
    roles: { owner: 'propriétaire', operator: 'opérateur', approver: 'approbateur', viewer: 'lecteur' },
    name: 'Votre nom',
    password: 'Un mot de passe de 12 caractères ou plus',
    join: 'Rejoindre',
    welcome: 'Bienvenue',
    belongs: (email) =>
      `Vous faites maintenant partie de l’équipe. Connectez-vous avec ${email} et votre mot de passe, puis installez un second facteur.`,
    toSignIn: 'Se connecter',
    over: 'Ce lien n’ouvre rien',
    isOver:
      'Cette invitation n’est pas ouverte : elle a servi, a été retirée, ou ses 72 heures sont passées.',
    askAnew: 'Demandez une nouvelle invitation à un propriétaire.',
  },
};
