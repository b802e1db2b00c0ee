/** Version that the proxy tells clients and the upstream. Equal to package.json's; a test compares them, because the proxy imports no files of ours. */
export const PROXY_VERSION = '0.1.0';
