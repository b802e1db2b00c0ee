const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/**
 * A sentence with somebody's name in it: of an agent, a tool, a file. Where right-to-left text is involved, invisible marks keep the name in one piece:
 * without them "report (1).pdf" in a Hebrew sentence reads "(report (1.pdf". Plain sentences stay as they are, to be found by their text.
 */
export function sentenceAbout(sentence: (name: string) => string, name: string): string {
  const plain = sentence(name);
  return RIGHT_TO_LEFT.test(plain) ? sentence(`\u2068${name}\u2069`) : plain;
}
