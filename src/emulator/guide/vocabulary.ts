/** Words without meaning of their own: never looked up. */
export const STOP = new Set(
  `a an the this that these those and or but if then than so as of for to in on at by with without from into onto over under about up
  out off it its itself they them their he she his her i im ive me my mine we us our you your yours is isnt are arent was were be been
  being am do does doesnt did dont doing have has had can cant could should would will shall may might must not no yes
  what whats which who whom whose how hows when where why there here also just only very really too any some all each every
  please tell say says said explain describe give know think want wants need needs let lets like let id ill readme docs documentation
  document section chapter mention mentions mentioned something anything thing things stuff`.split(/\s+/),
);

/** Words too general to prove that a question is off the subject. */
export const WEAK = new Set(
  `plain way ways work works working use uses used using mean means meaning best good better great new own add adds adding change
  changes changing set sets setting get gets getting got make makes making made help helps run runs running
  show shows example examples code support supports supported possible available different kind kinds many much more most first
  library package project app application page site website question questions answer answers detail details look see find
  have take takes put go going happen happens come quickly easily simple provide provides offer offers include
  includes able user users visitor visitors people person customer customers turn switch enable disable allow allows try trying create creates own`.split(
    /\s+/,
  ),
);

/** Other words under which a README may speak of the same thing. */
export const SYNONYMS: readonly (readonly string[])[] = [
  ['color', 'colour', 'theme', 'style', 'appearance', 'css', 'brand', 'font', 'design', 'look', 'dark', 'light'],
  ['install', 'setup', 'npm', 'quick', 'start', 'begin'],
  ['embed', 'script', 'tag', 'html', 'snippet'],
  ['accessible', 'a11y', 'keyboard', 'aria', 'blind', 'wcag'],
  ['translate', 'language', 'locale', 'localise', 'i18n', 'label'],
  ['secure', 'safe', 'safety', 'xss', 'secret', 'leak', 'hide', 'expose', 'protect', 'inject', 'sanitise'],
  ['mobile', 'phone', 'smartphone'],
  ['license', 'licence'],
  ['configure', 'configuration', 'config', 'option', 'prop', 'parameter', 'attribute', 'settings'],
  ['deploy', 'host', 'production'],
  ['upload', 'attach', 'file'],
  ['connection', 'network', 'offline', 'reconnect', 'internet'],
  ['drop', 'break', 'broken', 'lost', 'lose', 'interrupt', 'disconnect'],
  ['persist', 'storage', 'store', 'remember', 'history'],
  ['throttle', 'limit', 'quota'],
  ['cors', 'origin', 'domain'],
  ['big', 'size', 'small', 'large', 'heavy', 'weigh', 'gzip', 'kb', 'kilobyte', 'bundle'],
  ['ssr', 'hydrate', 'server'],
  ['contribute', 'develop', 'hack'],
  ['problem', 'trouble', 'troubleshoot', 'debug', 'fix', 'error'],
  ['mock', 'fake', 'emulate', 'simulate', 'local'],
];

/** Phrases that stand for a word. */
export const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bscreen[ -]?readers?\b|\bvoice ?over\b|\bdisabilit/i, 'accessibility'],
  [/\b(dark|light) (mode|theme)\b/i, 'theming'],
  [/\bget(ting)? started\b|\bset (it |this )?up\b/i, 'quick'],
  [/\bkey\b.*\b(safe|secure|hidden|leak|expose|secret|protect)|\b(hide|expose|leak|protect)\w*\b.*\bkey\b/i, 'proxy'],
  [/\b(does not|doesnt|doesn['’]t|not) work(ing)?\b|\bgo(es)? wrong\b/i, 'troubleshooting'],
];
