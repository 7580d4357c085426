export * from '../src/probe.ts';
