/** The words of the card that asks before a link is opened. */
export interface LinkLabels {
  /** Default "Open this link?" */
  readonly question: string;
  /** The link's text names one site and leads to another. Default "The link says “a.example”, but it leads to “b.example”." */
  readonly mismatch: (claimed: string, actual: string) => string;
  /** The address has letters of other scripts. Default "This address has letters that can look like others." */
  readonly foreign: string;
  /** Default "Cancel" */
  readonly cancel: string;
  /** Default "Open" */
  readonly open: string;
}

/** English. Loaded with the card, so that a page without links does not carry it. */
export const ENGLISH_LINK_LABELS: LinkLabels = {
  question: 'Open this link?',
  mismatch: (claimed, actual) => `The link says “${claimed}”, but it leads to “${actual}”.`,
  foreign: 'This address has letters that can look like others.',
  cancel: 'Cancel',
  open: 'Open',
};
