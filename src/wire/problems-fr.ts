import type { TitledWords } from '../core/refusals-fr.ts';
import type { HttpProblemCode } from './problem.ts';

/** Every no of HTTP in French, for the team. */
export const problemsFr: Readonly<Record<HttpProblemCode, TitledWords>> = {
  unreadable: [
    'Illisible',
    'La demande n’a pas pu être lue. Rien n’a été changé.',
    'Envoyez du JSON valable en UTF-8.',
  ],
  event_not_verified: [
    'Événement non vérifié',
    'Il n’est pas prouvé que l’événement vient du prestataire. Il n’a pas été gardé.',
    'Vérifiez l’identifiant du webhook et la configuration du certificat.',
  ],
  unauthorized: [
    'Non connecté',
    'On ne sait pas qui a envoyé cette demande : elle n’apportait ni clé d’API valable ni session ouverte. Rien n’a été changé.',
    'Connectez-vous, ou envoyez Authorization: Bearer pk_… avec une clé encore valable.',
  ],
  link_not_valid: [
    'Lien non valable',
    'Ce lien a déjà servi, est trop ancien, ou n’est pas de nous. Personne n’a été connecté.',
    'Demandez un nouveau lien ; le plus récent des messages contient celui qui marche.',
  ],
  forbidden: [
    'Non permis',
    'Vous n’avez pas le droit de faire cela. Rien n’a été changé.',
    'Demandez à un propriétaire un rôle qui le permet, ou prenez une clé qui en a un ; ce qui est aux bénéficiaires n’est ouvert qu’à eux.',
  ],
  out_of_scope: [
    'Hors de portée',
    'Cette clé est limitée à d’autres appels. Rien n’a été changé.',
    'Prenez une clé dont la portée nomme la première partie de ce chemin.',
  ],
  step_up_required: [
    'Second facteur demandé',
    'Il faut pour cela un second facteur prouvé à l’instant. Rien n’a été changé.',
    'Confirmez avec votre application d’authentification ou votre clé d’accès, puis recommencez.',
  ],
  cross_site: [
    'Venu d’un autre site',
    'La demande ne vient pas d’une page de ce Purser. Rien n’a été changé.',
    'Ouvrez Purser à sa propre adresse et faites-le là ; les programmes prennent une clé d’API.',
  ],
  password_change_required: [
    'Mot de passe à changer',
    'Ce mot de passe a été créé pour vous et n’ouvre rien d’autre que son propre changement. Rien n’a été changé.',
    'Choisissez d’abord votre propre mot de passe ; la console le demande quand vous vous y connectez.',
  ],
  password_expired: [
    'Mot de passe expiré',
    'Ce mot de passe à usage unique a expiré. Vous n’êtes pas connecté.',
    'Demandez-en un nouveau à un propriétaire, ou lancez purser user reset ADRESSE sur la machine de Purser.',
  ],
  second_factor_missing: [
    'Second facteur manquant',
    'Il faut pour cela un second facteur, et vous n’en avez pas encore. Rien n’a été changé.',
    'Configurez une application d’authentification ou une clé d’accès dans votre compte, puis recommencez.',
  ],
  wrong_second_factor: [
    'Second facteur faux',
    'Le code ou la clé d’accès n’est pas juste, ou a déjà servi. Rien n’a été changé.',
    'Attendez le prochain code de votre application d’authentification, ou prenez un autre code de secours.',
  ],
  wrong_password: [
    'Mot de passe faux',
    'Le mot de passe n’est pas juste. Rien n’a été changé.',
    'Tapez votre mot de passe actuel.',
  ],
  session_required: [
    'Session demandée',
    'Seule une personne connectée peut faire cela. Rien n’a été changé.',
    'Connectez-vous ; une clé d’API ou la ligne de commande n’a pas de session.',
  ],
  sign_in_failed: [
    'Connexion échouée',
    'Cela ne vous a pas connecté.',
    'Vérifiez l’adresse e-mail et le mot de passe ; avec un second facteur, prenez le code du moment, ou recommencez.',
  ],
  sign_in_again: [
    'Reconnexion demandée',
    'Il faut pour cela une connexion des dix dernières minutes. Rien n’a été changé.',
    'Déconnectez-vous, reconnectez-vous, et recommencez.',
  ],
  second_factor_exists: [
    'Second facteur déjà configuré',
    'Une application d’authentification est déjà configurée. Rien n’a été changé.',
    'Retirez-la d’abord, dans votre compte, puis configurez la nouvelle.',
  ],
  passkey_refused: [
    'Clé d’accès refusée',
    'Cette clé d’accès n’a pas pu être ajoutée. Rien n’a été changé.',
    'Recommencez, et confirmez par code, doigt ou visage quand l’appareil le demande.',
  ],
  too_many_attempts: [
    'Trop d’essais',
    'Il y a eu trop d’essais. Celui-ci n’a pas été regardé.',
    'Patientez un moment. Qui est connecté le reste.',
  ],
  not_found: [
    'Introuvable',
    'Il n’y a rien à cette adresse. Rien n’a été changé.',
    'Vérifiez le chemin et l’identifiant.',
  ],
  method_not_allowed: [
    'Méthode non permise',
    'Cette adresse ne répond pas à cette méthode. Rien n’a été changé.',
    'Regardez l’en-tête Allow.',
  ],
  too_slow: [
    'Trop lent',
    'La demande n’est pas arrivée à temps. Rien n’a été changé.',
    'Envoyez-la de nouveau, en plus petites parts si la connexion est lente.',
  ],
  conflict: [
    'Conflit',
    'Quelqu’un d’autre a changé la même chose au même moment. Cette demande n’a rien changé.',
    'Regardez où cela en est, puis recommencez.',
  ],
  request_in_flight: [
    'Demande en cours',
    'La première demande avec cette clé (Idempotency-Key) est encore en cours. Celle-ci n’a rien changé.',
    'Attendez un instant, puis recommencez avec la même clé : elle répond par le premier résultat.',
  ],
  secret_shown_once: [
    'Secret affiché une seule fois',
    'La première demande avec cette clé (Idempotency-Key) a été faite : ce qu’elle a créé est là, sous cet identifiant. Son secret n’a été montré que dans la première réponse et n’est pas gardé.',
    'Si le secret est perdu, mettez fin à ce qui a été créé et recommencez avec une autre clé.',
  ],
  not_a_sandbox: [
    'Pas un bac à sable',
    'Un prestataire est connecté avec de vrais accès : il n’y a donc ni horloge de test ni panne à provoquer. Rien n’a été changé.',
    'Prenez une installation sans accès à un prestataire : le bac à sable intégré y joue son rôle.',
  ],
  too_large: [
    'Trop grand',
    'La demande est trop grande. Rien n’a été changé.',
    'Envoyez-la en plus petites parts.',
  ],
  unsupported_media_type: [
    'Type de contenu non accepté',
    'Cette adresse ne lit pas ce type de contenu. Rien n’a été changé.',
    'Envoyez Content-Type: application/json.',
  ],
  invalid_request: [
    'Valeurs non valables',
    'Des valeurs ne sont pas valables. Rien n’a été changé.',
    'Corrigez les valeurs nommées.',
  ],
  invalid_idempotency_key: [
    'Clé non valable',
    'L’en-tête Idempotency-Key n’est pas valable. Rien n’a été changé.',
    'Envoyez de 1 à 255 caractères ASCII visibles sans espace, par exemple un UUID.',
  ],
  idempotency_key_reused: [
    'Clé déjà utilisée',
    'Cette clé (Idempotency-Key) est déjà venue avec une autre demande. Celle-ci n’a rien changé.',
    'Prenez une nouvelle clé pour une nouvelle demande ; pour retrouver la première réponse, répétez la demande à l’identique.',
  ],
  too_many_requests: [
    'Trop de demandes',
    'Il est venu trop de demandes dans la dernière minute. Celle-ci n’a rien changé.',
    'Patientez un moment ; envoyez plusieurs lignes en une demande là où un appel prend des listes.',
  ],
  too_many_streams: [
    'Trop de connexions en direct',
    'Il y a déjà autant de connexions en direct qu’une personne ou une clé peut en avoir. Rien n’a été changé.',
    'Fermez une autre fenêtre de Purser, ou redemandez toutes les quelques secondes sans connexion en direct.',
  ],
  streams_full: [
    'Connexions en direct épuisées',
    'Ce serveur a autant de connexions en direct qu’il en accepte. Rien n’a été changé.',
    'Redemandez toutes les quelques secondes sans connexion en direct ; tout le reste marche comme avant.',
  ],
  sandbox_away: [
    'Bac à sable absent',
    'Le bac à sable du prestataire ne répond pas. Aucun argent réel n’est en jeu.',
    'Attendez un instant, regardez où cela en est, puis recommencez.',
  ],
  headers_too_large: [
    'En-têtes trop longs',
    'L’adresse et les en-têtes de la demande sont trop longs ensemble. Rien n’a été changé.',
    'Envoyez des en-têtes et une adresse plus courts.',
  ],
  event_not_checked: [
    'Événement non contrôlé',
    'On n’a pas pu savoir si l’événement vient du prestataire. Il n’a pas été gardé.',
    'Envoyez l’événement de nouveau plus tard.',
  ],
  internal: [
    'Erreur interne',
    'Quelque chose a échoué dans Purser. Une demande qui échoue n’envoie pas d’argent.',
    'Regardez où cela en est ; le journal du serveur en donne la cause sous cet identifiant de demande.',
  ],
  stopping: [
    'Arrêt en cours',
    'Ce processus s’arrête et ne commence plus rien. Rien n’a été changé, et aucun argent n’a été envoyé.',
    'Recommencez dans un instant ; un autre processus répondra, ou celui-ci une fois relancé.',
  ],
  unavailable: [
    'Indisponible',
    'La base de données ne répond pas : on ne sait pas si la demande a été faite. Une demande n’envoie pas d’argent.',
    'Attendez un instant, regardez où cela en est, puis recommencez ; recommencer ne paie personne deux fois.',
  ],
};
