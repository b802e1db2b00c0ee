// @ts-check

/**
 * Whom the styles are built for, as esbuild calls them; the README says the same. For older ones `light-dark()` would be taken apart, and a theme lose its colours, and `:dir(rtl)`
 * would become a list of languages, though a page may go from right to left in any.
 */
export const SUPPORTED_BROWSERS = ['chrome123', 'firefox120', 'safari17.5'];
