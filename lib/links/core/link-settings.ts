import type { LinkDraft, LinkSettings } from "../schema";

/** What a new link begins with: an hour, six days ahead, asked for first. */
export const NEW_LINK: Omit<LinkDraft, "name" | "token" | "zone" | "hosts"> = {
  description: null,
  active: true,
  zoneLocked: false,
  durationMinutes: 60,
  otherDurations: [],
  intervalMinutes: null,
  offsetMinutes: 0,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 120,
  horizon: { kind: "days", days: 6 },
  limits: [],
  questions: [],
  extraGuests: 3,
  seats: 1,
  showSeats: true,
  waitingList: false,
  makesLeads: true,
  places: [],
  roomIds: [],
  needsApproval: true,
  holdMinutes: 1_440,
  changeDeadlineMinutes: 0,
  expiresAt: null,
  maxUses: null,
  colour: null,
  logoId: null,
  afterNote: null,
  redirectUrl: null,
  reminderMinutes: [1_440, 60],
};

export type SettingName = keyof LinkDraft;

const same = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

/** The settings in which two drafts differ, in the order of the editor's sections. */
export const changedSettings = (before: LinkDraft, after: LinkDraft): SettingName[] =>
  (Object.keys(before) as SettingName[]).filter((name) => !same(before[name], after[name]));

export type Clash = {
  readonly name: SettingName;
  readonly mine: LinkDraft[SettingName];
  readonly theirs: LinkDraft[SettingName];
};

/**
 * Two people changed the same link. What only one of them changed is taken as it is; what both changed, each in
 * another way, is a clash somebody has to decide. The merged draft holds `mine` there.
 */
export function mergeDrafts(
  base: LinkDraft,
  mine: LinkDraft,
  theirs: LinkDraft,
): { readonly merged: LinkDraft; readonly clashes: readonly Clash[] } {
  const clashes: Clash[] = [];
  let merged = theirs;
  for (const name of changedSettings(base, mine)) {
    if (!same(base[name], theirs[name]) && !same(mine[name], theirs[name])) {
      clashes.push({ name, mine: mine[name], theirs: theirs[name] });
    }
    merged = { ...merged, [name]: mine[name] };
  }
  return { merged, clashes };
}

/** Settings as plain JSON: what the editor holds and sends back. */
export const draftOf = (settings: LinkSettings): LinkDraft => ({
  ...settings,
  expiresAt: settings.expiresAt === null ? null : new Date(settings.expiresAt).toISOString(),
});
