import { expect } from "vitest";
import { test } from "@/lib/testing/house";
import { instantOf } from "@/lib/time/instant";
import { recordRun } from "./runs";

const runsOf = (
  house: { db: { jobRun: { findMany: (asked: object) => Promise<unknown[]> } } },
  job: string,
) => house.db.jobRun.findMany({ where: { job }, orderBy: { startedAt: "asc" } });

test("a run is written down with what it did; a failed one with why, and it is thrown on", async ({
  house,
}) => {
  const given = { db: house.db, now: house.now, limitSeconds: 60 };
  await recordRun("test.a", {}, async () => ({ summary: "Did 3", counts: { did: 3 } }), given);
  await expect(
    recordRun("test.a", {}, () => Promise.reject(new Error("no disk")), given),
  ).rejects.toThrow("no disk");
  const runs = await runsOf(house, "test.a");
  expect(runs).toMatchObject([
    { outcome: "done", summary: "Did 3", counts: { did: 3 } },
    { outcome: "failed", summary: "no disk" },
  ]);
});

test("of two nodes one runs; a run whose worker died is given up after its time", async ({
  house,
}) => {
  const given = { db: house.db, now: house.now, limitSeconds: 60 };
  let began = 0;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const work = async () => {
    began += 1;
    await held;
    return { summary: "done", counts: {} };
  };
  const first = recordRun("test.b", {}, work, given);
  await expect.poll(() => began).toBe(1);
  await recordRun("test.b", {}, work, given);
  expect(began).toBe(1);
  const later = { ...given, now: () => instantOf(house.now() + 61_000) };
  const second = recordRun("test.b", {}, work, later);
  await expect.poll(() => began).toBe(2);
  letGo();
  await Promise.all([first, second]);
  expect(await runsOf(house, "test.b")).toHaveLength(2);
});

test("a paused job is left alone by the clock, and runs when somebody asks", async ({ house }) => {
  const given = { db: house.db, now: house.now, limitSeconds: 60 };
  await house.db.jobPause.create({
    data: { job: "test.c", pausedAt: new Date(house.now()), pausedBy: "Noor" },
  });
  const work = async () => ({ summary: "done", counts: {} });
  await recordRun("test.c", {}, work, given);
  expect(await runsOf(house, "test.c")).toHaveLength(0);
  const askedBy = "00000000-0000-7000-8000-000000000001";
  await recordRun("test.c", { askedBy }, work, given);
  expect(await runsOf(house, "test.c")).toMatchObject([{ askedBy, outcome: "done" }]);
});
