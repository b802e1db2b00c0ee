'use client';
/**
 * The widget, the hooks and the conversation for React apps.
 *
 * @module
 */
export * from './core.js';
