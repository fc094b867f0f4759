import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { makeLinkScene, storedLink, unwrap } from "@/lib/testing/factories/link-scene";
import { makeLink, makePerson } from "@/lib/testing/factories/workspace";
import { test } from "@/lib/testing/house";
import type { LinkDraft } from "../schema";
import { previewLink } from "./preview-link";
import { saveLink } from "./save-link";

describe("saving", () => {
  test("a saved link reads as it was saved, raises its version, is audited, and its page is withdrawn", async ({
    house,
  }) => {
    const { actor, link, before, ben, room } = await makeLinkScene(house);
    const settings: LinkDraft = {
      ...before.settings,
      name: "Discovery, long",
      token: `discovery-${link.id.slice(-6)}`,
      durationMinutes: 45,
      otherDurations: [30, 90],
      limits: [{ per: "day", count: 3 }],
      questions: [
        {
          key: "company",
          kind: "select",
          label: "Which company?",
          help: null,
          required: true,
          options: ["Halden", "Other"],
        },
      ],
      places: [
        {
          id: randomUUID(),
          kind: "room",
          label: "Our office",
          detail: null,
          asks: null,
          virtualRoomId: null,
        },
        {
          id: randomUUID(),
          kind: "phone",
          label: "Phone",
          detail: null,
          asks: "phone",
          virtualRoomId: null,
        },
      ],
      roomIds: [room.id],
      hosts: [
        ...before.settings.hosts,
        { userId: ben.id, role: "one_of", weight: 2, scheduleId: ben.scheduleId },
      ],
      colour: `#${"0f766e"}`,
      redirectUrl: "https://meridian.example/thanks",
    };
    const saved = unwrap(
      await saveLink({ actor, linkId: link.id, version: before.version, settings }, house),
    );
    const after = await storedLink(house, link, before.workspaceId);
    expect(after.version).toBe(before.version + 1);
    expect(saved).toEqual({ version: after.version, settings: after.settings });
    expect(after.settings).toEqual({ ...settings, otherDurations: [30, 90] });
    expect(house.withdrawn).toEqual(expect.arrayContaining([link.token, settings.token]));
    const audited = await house.db.auditEntry.findFirst({ where: { subject: link.id } });
    expect(audited?.action).toBe("link.save");
    expect(audited?.details).toMatchObject({ durationMinutes: { before: 30, after: 45 } });
    expect(JSON.stringify(audited?.details)).not.toContain(settings.token);
  });

  test("of two people who save what they saw, the second is shown what the first made of it", async ({
    house,
  }) => {
    const { actor, link, before } = await makeLinkScene(house);
    const save = (name: string) =>
      saveLink(
        { actor, linkId: link.id, version: before.version, settings: { ...before.settings, name } },
        house,
      );
    const answers = await Promise.all([save("First"), save("Second")]);
    const won = answers.filter((answer) => answer.ok);
    const lost = answers.find((answer) => !answer.ok);
    expect(won).toHaveLength(1);
    const after = await storedLink(house, link, before.workspaceId);
    expect(lost).toMatchObject({
      refusal: {
        reason: "changed-meanwhile",
        current: { settings: { name: after.settings.name } },
      },
    });
  });

  test("an address that another link of the installation has is refused beside its field", async ({
    house,
  }) => {
    const { actor, link, before } = await makeLinkScene(house);
    const elsewhere = await makeLinkScene(house);
    const token = `taken-${link.id.slice(-8)}`;
    const { link: other, before: theirs, actor: stranger } = elsewhere;
    const taken = { ...theirs.settings, token };
    unwrap(
      await saveLink({ actor: stranger, linkId: other.id, version: 1, settings: taken }, house),
    );
    const settings = { ...before.settings, token };
    const answer = await saveLink({ actor, linkId: link.id, version: 1, settings }, house);
    expect(answer).toMatchObject({ refusal: { reason: "invalid", fields: { token: /address/ } } });
  });

  test("whoever joins a round robin begins level with whoever has had the fewest", async ({
    house,
  }) => {
    const { workspaceId, ana, ben, actor } = await makeLinkScene(house);
    const cy = await makePerson(house.db, workspaceId, { name: "Cy Roy" });
    const link = await makeLink(house.db, [ana, ben], { role: "one_of" });
    await house.db.bookingLinkHost.updateMany({
      where: { linkId: link.id, userId: ana.id },
      data: { assigned: 40 },
    });
    await house.db.bookingLinkHost.updateMany({
      where: { linkId: link.id, userId: ben.id },
      data: { assigned: 30 },
    });
    const before = await storedLink(house, link, workspaceId);
    const [first, second] = before.settings.hosts;
    if (!first || !second) throw new Error("two hosts");
    const hosts = [
      { ...first, weight: 2 },
      second,
      { userId: cy.id, role: "one_of" as const, weight: 1, scheduleId: cy.scheduleId },
    ];
    const settings = { ...before.settings, hosts };
    unwrap(await saveLink({ actor, linkId: link.id, version: 1, settings }, house));
    const rows = await house.db.bookingLinkHost.findMany({ where: { linkId: link.id } });
    const assigned = Object.fromEntries(rows.map((row) => [row.userId, row.assigned]));
    // A doubled weight keeps its place in the line: 40 of 1 is 80 of 2.
    expect(assigned).toEqual({ [ana.id]: 80, [ben.id]: 30, [cy.id]: 30 });
  });

  const wrong: readonly (readonly [string, (draft: LinkDraft) => unknown, string])[] = [
    [
      "a thousand questions",
      (d) => ({
        ...d,
        questions: Array.from({ length: 1_000 }, (_, at) => ({
          key: `q${at}`,
          kind: "text",
          label: "?",
          help: null,
          required: false,
          options: [],
        })),
      }),
      "questions",
    ],
    [
      "a label of 10,000 characters",
      (d) => ({
        ...d,
        questions: [
          {
            key: "a",
            kind: "text",
            label: "x".repeat(10_000),
            help: null,
            required: false,
            options: [],
          },
        ],
      }),
      "questions.0.label",
    ],
    [
      "a choice without options",
      (d) => ({
        ...d,
        questions: [
          { key: "a", kind: "select", label: "?", help: null, required: false, options: [] },
        ],
      }),
      "questions.0.options",
    ],
    [
      "an option twice",
      (d) => ({
        ...d,
        questions: [
          {
            key: "a",
            kind: "select",
            label: "?",
            help: null,
            required: false,
            options: ["x", "x "],
          },
        ],
      }),
      "questions.0.options",
    ],
    [
      "two questions of one name",
      (d) => ({
        ...d,
        questions: [1, 2].map(() => ({
          key: "a",
          kind: "text",
          label: "?",
          help: null,
          required: false,
          options: [],
        })),
      }),
      "questions",
    ],
    ["a negative buffer", (d) => ({ ...d, bufferBeforeMinutes: -1 }), "bufferBeforeMinutes"],
    ["a notice that is no number", (d) => ({ ...d, noticeMinutes: Number.NaN }), "noticeMinutes"],
    ["half a minute", (d) => ({ ...d, durationMinutes: 30.5 }), "durationMinutes"],
    ["no seats", (d) => ({ ...d, seats: 0 }), "seats"],
    ["a colour that ends a rule", (d) => ({ ...d, colour: "red;}" }), "colour"],
    [
      "a redirect that is a script",
      (d) => ({ ...d, redirectUrl: "javascript:alert(1)" }),
      "redirectUrl",
    ],
    [
      "a redirect without TLS",
      (d) => ({ ...d, redirectUrl: "http://meridian.example/" }),
      "redirectUrl",
    ],
    [
      "a redirect with a name and a password",
      (d) => ({ ...d, redirectUrl: "https://a:b@meridian.example/" }),
      "redirectUrl",
    ],
    ["an address with a slash", (d) => ({ ...d, token: "a/b" }), "token"],
    ["an address of ours", (d) => ({ ...d, token: "embed" }), "token"],
    [
      "shared seats that are asked for",
      (d) => ({ ...d, seats: 5, needsApproval: true }),
      "needsApproval",
    ],
    [
      "shared seats in two lengths",
      (d) => ({ ...d, seats: 5, needsApproval: false, otherDurations: [90] }),
      "otherDurations",
    ],
    ["no host", (d) => ({ ...d, hosts: [] }), "hosts"],
    ["a zone that does not exist", (d) => ({ ...d, zone: "Mars/Olympus" }), "zone"],
    ["a horizon nobody knows", (d) => ({ ...d, horizon: { kind: "ever" } }), "horizon.kind"],
    ["a limit of nothing", (d) => ({ ...d, limits: [{ per: "day" }] }), "limits.0.count"],
    ["a room without a place for it", (d) => ({ ...d, roomIds: [randomUUID()] }), "roomIds"],
    ["a setting nobody knows", (d) => ({ ...d, admin: true }), "form"],
  ];

  test.for(wrong)(
    "%s is refused beside its field, by saving and by the preview",
    async ([, spoil, field], { house }) => {
      const { actor, link, before } = await makeLinkScene(house);
      const settings = spoil(before.settings);
      const saved = await saveLink({ actor, linkId: link.id, version: 1, settings }, house);
      expect(saved.ok).toBe(false);
      const fields = saved.ok || saved.refusal.reason !== "invalid" ? {} : saved.refusal.fields;
      expect(Object.keys(fields)).toContain(field);
      const seen = await previewLink({ actor, linkId: link.id, settings }, house);
      expect(seen.ok ? {} : seen.refusal).toEqual(fields);
      expect(await storedLink(house, link, before.workspaceId)).toEqual(before);
    },
  );

  test("hosts, schedules, rooms and pictures of another workspace are as absent as none", async ({
    house,
  }) => {
    const { actor, link, before } = await makeLinkScene(house);
    const other = await makeLinkScene(house);
    const room = {
      places: [{ id: randomUUID(), kind: "room", label: "Room", detail: null, asks: null }],
    };
    const tries: readonly (readonly [object, object, string])[] = [
      [
        {
          hosts: [
            { userId: other.ana.id, role: "fixed", weight: 1, scheduleId: other.ana.scheduleId },
          ],
        },
        { hosts: [{ userId: randomUUID(), role: "fixed", weight: 1, scheduleId: randomUUID() }] },
        "hosts.0.userId",
      ],
      [
        { hosts: [{ ...before.settings.hosts[0], scheduleId: other.ana.scheduleId }] },
        { hosts: [{ ...before.settings.hosts[0], scheduleId: randomUUID() }] },
        "hosts.0.scheduleId",
      ],
      [{ ...room, roomIds: [other.room.id] }, { ...room, roomIds: [randomUUID()] }, "roomIds.0"],
    ];
    for (const [foreign, absent, field] of tries) {
      const answers = await Promise.all(
        [foreign, absent].map((change) =>
          saveLink(
            { actor, linkId: link.id, version: 1, settings: { ...before.settings, ...change } },
            house,
          ),
        ),
      );
      expect(answers[0]).toMatchObject({ refusal: { fields: { [field]: expect.any(String) } } });
      expect(answers[0]).toEqual(answers[1]);
    }
  });
});
