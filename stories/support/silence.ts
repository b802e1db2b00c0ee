/** A second of silence as a WAV file: 8 bits, 8 kHz, one channel. */
function makeSilence(): string {
  const rate = 8000;
  const header = new DataView(new ArrayBuffer(44));
  const write = (offset: number, text: string): void =>
    [...text].forEach((character, index) => header.setUint8(offset + index, character.charCodeAt(0)));
  write(0, 'RIFF');
  header.setUint32(4, 36 + rate, true);
  write(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, rate, true);
  header.setUint16(32, 1, true);
  header.setUint16(34, 8, true);
  write(36, 'data');
  header.setUint32(40, rate, true);
  return btoa(String.fromCharCode(...new Uint8Array(header.buffer)) + '\x80'.repeat(rate));
}

export const SILENCE_BYTES = makeSilence();
