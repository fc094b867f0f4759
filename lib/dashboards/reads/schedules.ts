import type { Db } from "@/lib/db/client";

export async function getWorkspaceName(db: Db, workspaceId: string): Promise<string> {
  const [found] = await db.$queryRaw<{ name: string }[]>`
    SELECT name FROM workspace WHERE id = ${workspaceId}::uuid`;
  if (found === undefined) throw new Error("the workspace is not there");
  return found.name;
}
