// What the bundler turns into strings. Declared here so that browser code type-checks without Node's or Vite's globals.
declare module '*.css?inline' {
  const css: string;
  export default css;
}
declare module '*.md?raw' {
  const text: string;
  export default text;
}
