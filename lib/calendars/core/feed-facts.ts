import type { Instant } from "@/lib/time/instant";

/** When somebody's feed was made, and read last by whoever subscribed to it. */
export type FeedFacts = { readonly createdAt: Instant; readonly readAt: Instant | null };
