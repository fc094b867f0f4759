import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";

// Prisma speaks `Date`; the domain speaks epoch milliseconds. These two functions are the whole border.

export const instantFromColumn = (column: Date): Instant => instantOf(column.getTime());

export const columnFromInstant = (instant: Instant): Date => new Date(instant);
