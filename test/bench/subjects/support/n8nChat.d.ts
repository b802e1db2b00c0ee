// The package names a file of types that it does not contain.
declare module '@n8n/chat' {
  export function createChat(options: Readonly<Record<string, unknown>>): { unmount(): void };
}
