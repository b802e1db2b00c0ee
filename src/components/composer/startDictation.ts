/** A microphone that is being listened to. */
export interface Dictation {
  stop(): void;
}

interface DictationListener {
  /** Everything that was said so far; its end may still change. */
  readonly onText: (text: string) => void;
  /** Over, for whatever reason. */
  readonly onEnd: (failure: 'refused' | 'failed' | null) => void;
}

/** The part of the Web Speech API that is used; TypeScript knows it in no version. */
interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: { readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>> }) => void) | null;
  onerror: ((event: { readonly error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
}

function findRecognition(): (new () => Recognition) | null {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as unknown as Readonly<
    Record<'SpeechRecognition' | 'webkitSpeechRecognition', (new () => Recognition) | undefined>
  >;
  return SpeechRecognition ?? webkitSpeechRecognition ?? null;
}

/** Whether this browser recognises speech. */
export function canDictate(): boolean {
  return findRecognition() !== null;
}

/**
 * Listens until it is stopped or nobody speaks any more.
 *
 * @param lang - BCP 47 tag of what is spoken; `''` for the page's.
 */
export function startDictation(lang: string, { onText, onEnd }: DictationListener): Dictation {
  const Recognition = findRecognition();
  let failure: 'refused' | 'failed' | null = null;
  if (!Recognition) {
    onEnd('failed');
    return { stop: () => undefined };
  }
  const recognition = new Recognition();
  recognition.lang = lang || document.documentElement.lang;
  recognition.continuous = true;
  recognition.interimResults = true;
  recognition.onresult = ({ results }) =>
    onText(
      Array.from(results, (result) => result[0]?.transcript ?? '')
        .join('')
        .trimStart(),
    );
  recognition.onerror = ({ error }) => {
    if (error === 'not-allowed' || error === 'service-not-allowed') failure = 'refused';
    else if (error !== 'aborted') failure = 'failed';
  };
  recognition.onend = () => onEnd(failure);
  recognition.start();
  return { stop: () => recognition.stop() };
}
