import type { Group } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { TimeZone } from "@/lib/time/zone";

/** The person a screen is drawn for: who they are, how they read, and what waits for them. */
export type Viewer = {
  readonly id: UserId;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly email: string;
  readonly title: string | null;
  readonly photoId: string | null;
  readonly groups: readonly Group[];
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
  /** 0 Sunday … 6 Saturday. */
  readonly weekStart: 0 | 1 | 2 | 3 | 4 | 5 | 6;
  readonly workspaceName: string;
  /** The demonstration workspace: its accounts and the mailbox may be shown. */
  readonly demo: boolean;
  /** Notices nobody has read yet. */
  readonly unread: number;
  /** Requests that wait for this person's answer. */
  readonly waiting: number;
};
