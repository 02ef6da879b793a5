import { pino } from 'pino';
import type { Log } from '../engine/context.ts';

/** Structured log lines on stderr, one event each; stdout belongs to results. */
export function makeLog(level: string): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  return {
    info: (event, fields = {}) => logger.info(fields, event),
    warn: (event, fields = {}) => logger.warn(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
  };
}
