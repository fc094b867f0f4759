import { runtime } from "@/lib/runtime";

// One per process, however many bundles hold a copy of this module.
const PLACE = Symbol.for("meridian.set-up");
const shared = globalThis as { [PLACE]?: true };

/**
 * Is there anybody in this installation? Asked of the database until there is, and never again: people are not
 * deleted down to none, the last admin stays.
 */
export async function isSetUp(): Promise<boolean> {
  if (shared[PLACE]) return true;
  const [row] = await runtime().db.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM app_user) AS found`;
  if (row?.found === true) shared[PLACE] = true;
  return row?.found === true;
}
