import type { MeetingChange } from "../jobs";

/** Somebody outside who is told of changes. Told again after a failure, so the same change twice must be no more than once. */
export type Follower = (change: MeetingChange) => Promise<void>;

/** Tells every follower of one change. One that fails keeps none of the others from hearing; throws afterwards. */
export async function handleMeetingChanged(
  change: MeetingChange,
  followers: readonly Follower[],
): Promise<void> {
  const told = await Promise.allSettled(followers.map((follow) => follow(change)));
  const failed = told.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  if (failed.length > 0) throw new AggregateError(failed, "a follower could not be told");
}
