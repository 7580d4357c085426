import { serve } from './lsp/serve.ts';

serve();
