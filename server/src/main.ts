import module from 'node:module';

// Code is compiled once and kept: what is imported from here on.
module.enableCompileCache();
const { serve } = await import('./lsp/serve.ts');
serve();
