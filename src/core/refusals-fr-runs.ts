import { teamRefusalsFr } from './team-refusals.ts';

/** Noes about cycles, batches, provider accounts, imports and people in French; see refusals-fr.ts. */
export const runRefusalsFr = {
  cycle_not_found: [
    'Cycle introuvable',
    'Ce cycle n’existe pas. Rien n’a été changé.',
    'Vérifiez l’identifiant du cycle ; créez d’abord le cycle.',
  ],
  cycle_exists: [
    'Cycle déjà ouvert',
    'Un cycle a déjà cet identifiant. Rien n’a été changé.',
    'Ouvrez-le, ou choisissez un autre identifiant.',
  ],
  cycle_closed: [
    'Cycle clos',
    'Ce cycle est clos. Aucun argent n’a bougé.',
    'Rouvrez le cycle, ou prenez-en un autre.',
  ],
  cycle_locked: [
    'Cycle verrouillé',
    'Quelqu’un prépare un lot de ce cycle en ce moment. Cette demande n’a rien changé et aucun argent n’a bougé.',
    'Attendez que ce soit fini, puis regardez le cycle avant de recommencer. Le verrou expire automatiquement.',
  ],
  cycle_lock_lost: [
    'Verrou perdu',
    'Le verrou de ce cycle a pris fin pendant la préparation du lot. Rien n’a été écrit et aucun argent n’a bougé.',
    'Regardez le cycle, puis recommencez.',
  ],
  batch_not_found: [
    'Lot introuvable',
    'Ce lot n’existe pas. Rien n’a été changé.',
    'Vérifiez l’identifiant du lot (pb_…).',
  ],
  batch_already_active: [
    'Lot déjà en cours',
    'Un lot de ce cycle est déjà en cours de paiement. Aucun second n’a été lancé et il n’est pas parti plus d’argent.',
    'Suivez le lot en cours ; recommencez quand il sera terminé.',
  ],
  batch_still_active: [
    'Lot encore en cours',
    'Ce lot est encore en cours de paiement. Rien n’a été changé.',
    'Attendez qu’il soit terminé, puis réessayez ce qui a échoué.',
  ],
  submission_not_found: [
    'Envoi introuvable',
    'Cet envoi n’existe pas. Rien n’a été changé.',
    'Vérifiez son identifiant (su_…) ou sa clé chez le prestataire ; la page État liste ceux dont l’issue est inconnue.',
  ],
  provider_not_set_up: [
    'Prestataire non configuré',
    'Ce prestataire n’est pas configuré ici. Aucun argent n’a bougé.',
    'Nommez un autre prestataire, ou configurez ses accès et redémarrez Purser.',
  ],
  several_providers: [
    'Plusieurs prestataires',
    'Ces bénéficiaires sont payés par plus d’un prestataire. Aucun argent n’a bougé.',
    'Recommencez pour ceux de chaque prestataire à part.',
  ],
  nothing_to_pay: [
    'Personne à payer',
    'Personne n’est éligible maintenant. Aucun argent n’a bougé.',
    'Ajoutez des gains, ou regardez dans la simulation du cycle pourquoi personne n’est éligible.',
  ],
  insufficient_float: [
    'Trésorerie insuffisante',
    'Le compte chez le prestataire ne contient pas ce qu’il faut pour ce paiement. Rien n’a été lancé et aucun argent n’a bougé.',
    'Approvisionnez le compte de ce qui manque et regardez de nouveau, ou commencez en disant qu’il est en cours d’approvisionnement.',
  ],
  changed_since_preview: [
    'Modifié depuis la simulation',
    'Ce qui serait payé n’est plus ce que la simulation a montré. Rien n’a été écrit et aucun argent n’a bougé.',
    'Regardez une nouvelle simulation, et commencez à partir d’elle.',
  ],
  process_too_often: [
    'Trop tôt',
    'Vous avez lancé un paiement de ce cycle il y a moins d’une minute. Aucun second n’a été lancé et il n’est pas parti plus d’argent.',
    'Regardez le paiement que vous avez lancé. S’il en faut vraiment un autre, patientez un instant.',
  ],
  nothing_failed: [
    'Rien à réessayer',
    'Rien dans ce lot ne peut être réessayé. Rien n’a été changé.',
    'Regardez ses versements échoués.',
  ],
  not_cancellable: [
    'Rien à annuler',
    'Rien dans ce lot n’est prouvé non envoyé. Rien n’a été annulé.',
    'Ce qui est parti ne peut qu’être suivi ; ce qui n’est pas réclamé peut être annulé un par un chez le prestataire.',
  ],
  too_many_items: [
    'Trop de versements',
    'Il y a plus de versements qu’un lot n’en peut contenir. Aucun argent n’a bougé.',
    'Payez-les en plusieurs cycles.',
  ],
  not_resolvable: [
    'Pas encore décidable',
    'Personne ne peut en décider maintenant. Rien n’a été changé et aucun argent n’a bougé.',
    'Regardez pourquoi ; si une heure est donnée, recommencez après.',
  ],
  import_not_found: [
    'Import introuvable',
    'Cet import n’existe pas. Rien n’a été changé.',
    'Vérifiez l’identifiant de l’import.',
  ],
  legacy_row_not_found: [
    'Ligne introuvable',
    'Cette ligne n’existe pas. Rien n’a été changé.',
    'Vérifiez l’identifiant de la ligne (lr_…) dans le rapport de l’import.',
  ],
  legacy_row_not_open: [
    'Ligne sans rapprochement à faire',
    'Cette ligne n’attend pas de rapprochement. Rien n’a été changé.',
    'Regardez son résultat ; une ligne qui n’est pas valable se corrige dans le fichier, qu’on importe de nouveau.',
  ],
  earning_not_found: [
    'Gain introuvable',
    'Ce bénéficiaire n’a pas de tel gain. Rien n’a été changé.',
    'Vérifiez l’origine et l’identifiant du gain, et à qui il est.',
  ],
  earning_differs: [
    'Gain différent',
    'Ce gain n’est pas ce que la ligne a payé. Rien n’a été changé.',
    'Comparez le montant et la devise, et voyez s’il a été repris ; s’il n’y a pas de tel gain, rapprochez le bénéficiaire seul.',
  ],
  key_too_wide: [
    'Clé trop large',
    'Une clé n’en crée pas une qui peut davantage ou vit plus longtemps qu’elle. Aucune clé n’a été créée et rien n’a été changé.',
    'Demandez un rôle, une portée et une fin dans vos limites, ou laissez un propriétaire créer la clé.',
  ],
  clock_too_far: [
    'Horloge trop loin',
    'L’horloge de test ne va pas plus loin que dix ans en avant. Rien n’a été changé.',
    'Recommencez avec une base de données et un bac à sable vides.',
  ],
  person_not_found: [
    'Personne introuvable',
    'Cette personne n’existe pas. Rien n’a été changé.',
    'Vérifiez l’identifiant (pe_…) ou l’adresse e-mail ; la page Équipe montre les deux.',
  ],
  person_exists: [
    'Personne déjà dans l’équipe',
    'Quelqu’un avec cette adresse e-mail est déjà dans l’équipe. Rien n’a été changé.',
    'Modifiez plutôt cette personne ; un mot de passe perdu se réinitialise sur la page Équipe.',
  ],
  ...teamRefusalsFr,
  invitation_not_found: [
    'Invitation fermée',
    'Cette invitation n’est pas ouverte : elle a servi, a été terminée, ou ses 72 heures sont passées. Rien n’a été changé.',
    'Demandez une nouvelle invitation à un propriétaire.',
  ],
} as const;
