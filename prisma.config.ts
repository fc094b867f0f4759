import { defineConfig } from "prisma/config";

// The database address is only needed by `prisma migrate`, which needs Prisma's engine; this house applies its
// migrations itself (lib/db/migrations.ts) and keeps Prisma's own bookkeeping, so that both agree.
export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
