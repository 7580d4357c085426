import { registerHooks } from 'node:module';

// Preloaded to make SQLite's module one that does not load, as where there is none for the platform.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'better-sqlite3') throw new Error('its native module does not load');
    return next(specifier, context);
  },
});
