/** A word of a question. */
export interface Word {
  /** As typed. */
  readonly text: string;
  /** What is looked up. */
  readonly stem: string;
  /** Too general to prove that a question is off the subject: it counts where it is found, and not where it is not. */
  readonly isWeak: boolean;
}

/** The words of a text that carry meaning. `createAgentProxy` is itself and each of its pieces. */
export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const [token] of text.normalize('NFKC').matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu)) {
    const pieces = token.split(/(?<=[a-z0-9])(?=[A-Z])/);
    for (const piece of pieces.length > 1 ? [token, ...pieces] : [token]) {
      const lower = fold(piece);
      if (STOP.has(lower) || lower.length < 2) continue;
      found.push({ text: piece, stem: stem(lower), isWeak: WEAK.has(lower) || WEAK.has(stem(lower)) });
    }
  }
  return found;
}

/** Only what is looked up. */
export function stems(text: string): string[] {
  return words(text).map((word) => word.stem);
}

/** Other words under which a README may speak of the same thing. */
export function synonyms(stemmed: string): readonly string[] {
  return SYNONYMS.filter((group) => group.includes(stemmed)).flat();
}

function fold(token: string): string {
  return token
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s$/, '')
    .replace(/['’]/g, '');
}

/** A light stemmer: `styling`, `styles` and `styled` meet; `accessibility` and `accessible` too. Four letters always stay. */
export function stem(word: string): string {
  let result = word.endsWith('ies') && word.length > 4 ? `${word.slice(0, -3)}y` : word;
  for (const suffix of SUFFIXES) {
    if (result.endsWith(suffix) && result.length - suffix.length >= 4) {
      result = result.slice(0, -suffix.length);
      break;
    }
  }
  if (/^[a-z]{4,}e$/.test(result)) result = result.slice(0, -1);
  return result.replace(/([b-df-hj-np-tv-z])\1$/, '$1');
}

const SUFFIXES = [
  'izations', 'isations', 'ization', 'isation', 'ations', 'ation', 'ibility', 'ability', 'ible', 'able',
  'ments', 'ment', 'izing', 'ising', 'izes', 'ises', 'ized', 'ised', 'ize', 'ise', 'ings', 'ing', 'ers', 'er', 'ed',
  'ly', 'es', 's',
]; // prettier-ignore

const STOP = new Set(
  `a an the this that these those and or but if then than so as of for to in on at by with without from into onto over under about up
  out off it its itself they them their he she his her i im ive me my mine we us our you your yours is isnt are arent was were be been
  being am do does doesnt did dont doing have has had can cant could should would will shall may might must not no yes
  what whats which who whom whose how hows when where why there here also just only very really too any some all each every
  please tell say says said explain describe give know think want wants need needs let lets like let id ill readme docs documentation
  document section chapter mention mentions mentioned something anything thing things stuff`.split(/\s+/),
);

const WEAK = new Set(
  `way ways work works working use uses used using mean means meaning best good better great new own add adds adding change
  changes changing set sets setting get gets getting got make makes making made help helps start starts started run runs running
  show shows example examples code support supports supported possible available different kind kinds many much more most first
  library package project app application page site website question questions answer answers detail details look see find
  have take takes put go going happen happens come quickly easily simple provide provides offer offers include
  includes able user users visitor visitors people person customer customers turn switch enable disable allow allows try trying create creates own`.split(
    /\s+/,
  ),
);

const SYNONYMS: readonly (readonly string[])[] = [
  ['color', 'colour', 'theme', 'them', 'styl', 'appearanc', 'css', 'brand', 'font', 'design', 'look'],
  ['instal', 'setup', 'npm', 'quick'],
  ['acces', 'a11y', 'keyboard', 'aria', 'blind', 'wcag'],
  ['translat', 'languag', 'locale', 'local', 'i18n', 'label'],
  ['secur', 'safe', 'xss', 'secret', 'leak', 'hide', 'expos', 'protect'],
  ['mobil', 'phon', 'smartphon'],
  ['licens', 'licenc'],
  ['configur', 'config', 'option', 'prop', 'paramet', 'attribut'],
  ['deploy', 'host', 'production'],
  ['upload', 'attach', 'file'],
  ['connection', 'network', 'offlin', 'reconnect', 'disconnect', 'internet'],
  ['persist', 'storag', 'stor', 'remember', 'history'],
  ['throttl', 'limit', 'quota'],
  ['big', 'siz', 'smal', 'bundl', 'kb', 'kilobyt', 'heavy', 'weigh'],
  ['mock', 'fake', 'emul', 'simul'],
];
