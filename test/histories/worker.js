// @ts-check
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ address: string, options: import('./campaign.js').CampaignOptions }} */
const { address, options } = workerData;
/** @type {typeof import('./campaign.js')} */
const { campaign } = await import(address);
parentPort?.postMessage(await campaign(options));
