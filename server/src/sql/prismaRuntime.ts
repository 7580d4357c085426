// Loaded late by whoever compiles: bundled, a module of the old kind shows its names only to an import that lists them.
export { AnyNull, DbNull, dmmfToRuntimeDataModel, JsonNull, serializeJsonQuery } from '@prisma/client/runtime/client';
