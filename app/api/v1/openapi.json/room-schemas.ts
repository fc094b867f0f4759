import { list, moment, nullableText, object, text } from "./shapes";

const whole = { type: "integer" } as const;
const yesOrNo = { type: "boolean" } as const;

/** Rooms and virtual rooms as answers tell them. */
export const roomSchemas = {
  Room: object({
    id: text,
    name: text,
    location: text,
    zone: text,
    floor: nullableText,
    detail: nullableText,
    capacity: whole,
    equipment: list(text),
    photoId: nullableText,
    needsApproval: yesOrNo,
    setupMinutes: whole,
    cleanupMinutes: whole,
    hours: list(object({ day: whole, fromMinute: whole, toMinute: whole })),
    partIds: list(text),
    // To those who manage rooms.
    active: yesOrNo,
    keeperId: nullableText,
    bookingGroups: list(text),
    checkIn: yesOrNo,
    releaseMinutes: whole,
    version: whole,
    // Of one room alone.
    closures: list(object({ id: text, from: moment, to: moment, note: nullableText })),
    // Where a time was asked about.
    free: yesOrNo,
    why: {
      type: ["object", "null"],
      properties: {
        kind: {
          enum: [
            "not-yours",
            "elsewhere",
            "too-small",
            "lacks",
            "out-of-service",
            "closed",
            "taken",
          ],
        },
        capacity: whole,
        equipment: list(text),
        until: moment,
        opens: nullableText,
        note: nullableText,
      },
    },
  }),
  VirtualRoom: object({
    id: text,
    name: text,
    isDefault: yesOrNo,
    // The rest is for those who manage meetings.
    provider: { enum: ["jitsi", "zoom", "google_meet", "teams", "link"] },
    address: nullableText,
    active: yesOrNo,
    version: whole,
    waitingRoom: yesOrNo,
    summary: yesOrNo,
    alternativeHosts: list(text),
    seats: whole,
    accounts: list(object({ id: text, account: text, seats: whole })),
    credentials: object({ from: { enum: ["environment", "stored"] }, setAt: nullableText }),
    test: {
      type: ["object", "null"],
      properties: { at: moment, works: yesOrNo, cause: nullableText },
    },
    state: object({
      waiting: whole,
      failed: whole,
      leftAloneUntil: nullableText,
      troubles: list(object({ at: moment, cause: text })),
    }),
    coming: whole,
  }),
};
