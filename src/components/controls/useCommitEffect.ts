import { useEffect, useLayoutEffect } from 'react';

/** `useLayoutEffect` where there is a document; on a server, where React 18 warns about it, nothing that runs. */
export const useCommitEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;
