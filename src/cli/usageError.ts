/** The command line asks for something that does not exist. Ends the program with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
