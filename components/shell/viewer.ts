import type { Group } from "@/lib/access/actor";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";

/** Whose clock, language and week a screen is written in. */
export type ScreenReader = {
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
};

/** What the frame around every screen shows about the signed-in person. */
export type ShellViewer = ScreenReader & {
  readonly name: string;
  readonly email: string;
  readonly workspaceName: string;
  readonly unread: number;
  readonly waiting: number;
  readonly demo: boolean;
  /** Whether the person may make meetings: to others the places of scheduling do not exist. */
  readonly hosts: boolean;
  /** Whether everybody's meetings, and the rooms they are in, are theirs to manage. */
  readonly manages: boolean;
  /** Whether leads and deals are theirs to work on: to others the places of sales do not exist. */
  readonly sells: boolean;
  /** Whether sales are theirs to set up. */
  readonly managesSales: boolean;
  /** Whether the workspace is theirs to administer. */
  readonly admin: boolean;
  readonly photoId: string | null;
};

/** Groups whose members may make meetings; the pages ask the policy, this only decides what is offered. */
export const holdsMeetings = ({ groups }: { readonly groups: readonly Group[] }): boolean =>
  groups.some((group) => group !== "crm_user" && group !== "crm_manager");

/** Groups whose members manage everybody's meetings; this, too, only decides what is offered. */
export const managesMeetings = ({ groups }: { readonly groups: readonly Group[] }): boolean =>
  groups.some((group) => group === "admin" || group === "meeting_manager");

/** Groups whose members work on leads and deals; the pages ask the policy, this only decides what is offered. */
export const sellsDeals = ({ groups }: { readonly groups: readonly Group[] }): boolean =>
  groups.some((group) => group === "admin" || group === "crm_manager" || group === "crm_user");

/** Groups whose members set sales up; the pages ask the policy, this only decides what is offered. */
export const managesSales = ({ groups }: { readonly groups: readonly Group[] }): boolean =>
  groups.some((group) => group === "admin" || group === "crm_manager");

/** A booking link of the viewer, for the New menu. `path` starts with a slash. */
export type ShellLink = { readonly name: string; readonly path: string };

export type ShellData = {
  readonly viewer: ShellViewer;
  readonly links: readonly ShellLink[];
  readonly now: Instant;
};
