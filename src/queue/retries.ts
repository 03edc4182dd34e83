/** How often a batch that failed is handed out again, and after how long; each pause is longer than the one before. */
export const RETRIES = 3;
export const RETRY_AFTER_S = 5;
