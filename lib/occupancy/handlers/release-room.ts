import type { Deps } from "@/lib/runtime";
import { releaseStay } from "../commands/release-stay";

/** The job that a confirmed meeting ordered for a room with check-in. Delivered at least once, acts at most once. */
export async function handleReleaseRoom(
  about: Parameters<typeof releaseStay>[0],
  deps: Deps,
): Promise<void> {
  await releaseStay(about, deps);
}
