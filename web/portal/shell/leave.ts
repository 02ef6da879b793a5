import i18next from 'i18next';

let isLeaving = false;

/** To the sign-in page, in the language of this one. Nothing of the payee stays in the page's memory. */
export function toDoor(): void {
  if (isLeaving) return;
  isLeaving = true;
  window.location.replace(`/portal/sign-in?lang=${i18next.language}`);
}
