import { say } from "@/bin/terminal";
import { env } from "@/lib/env";
import {
  hasUsers,
  readDemonstrationState,
  recreateDatabase,
  writeDemonstrationState,
} from "@/lib/operations/demonstration";
import { prepareDatabase } from "@/lib/operations/prepare-database";
import { instantOf } from "@/lib/time/instant";

/**
 * Seeds the demonstration workspace on the first run of the embedded database. A first run that was killed in the
 * middle of it starts over from an empty database; one in which somebody works already is left alone.
 */
export async function seedDemonstrationOnce(databaseUrl: string): Promise<boolean> {
  const dataDir = env.MERIDIAN_DATA_DIR;
  const state = readDemonstrationState(dataDir);
  if (state === "seeded") return false;
  if (state === "seeding") {
    say("The first start was interrupted: making the demonstration workspace again.");
    await recreateDatabase(databaseUrl);
    await prepareDatabase({ databaseUrl });
  } else if (await hasUsers(databaseUrl)) {
    return false;
  }
  say("Making the demonstration workspace …");
  writeDemonstrationState(dataDir, "seeding");
  // Loaded when it is needed, which is once: it brings the factories along.
  const { seedDemonstration } = await import("@/prisma/seed");
  await seedDemonstration({ databaseUrl, now: instantOf(Date.now()) });
  writeDemonstrationState(dataDir, "seeded");
  return true;
}
