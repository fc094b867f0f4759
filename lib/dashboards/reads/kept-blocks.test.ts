import { expect, test } from "vitest";
import type { Instant } from "@/lib/time/instant";
import { findKept, keep, makeLater } from "./kept-blocks";

const at = (minute: number) => (1_800_000_000_000 + minute * 60_000) as Instant;
const block = (more: object) => ({ version: "1", asOf: at(0), data: "made", tookMs: 500, ...more });

test("what was made of the same data is shown, whatever it took", () => {
  keep("same", block({ tookMs: 1 }));
  expect(findKept("same", "1", at(60))).toMatchObject({ kind: "same" });
  expect(findKept("nothing", "1", at(0))).toBeUndefined();
});

test("of older data only what is slow is shown, for ten minutes, and is due after two", () => {
  keep("slow", block({}));
  keep("quick", block({ tookMs: 20 }));
  expect(findKept("quick", "2", at(0))).toBeUndefined();
  expect(findKept("slow", "2", at(1))).toMatchObject({ kind: "older", due: false });
  expect(findKept("slow", "2", at(3))).toMatchObject({ kind: "older", due: true });
  expect(findKept("slow", "2", at(11))).toBeUndefined();
});

test("it is made once however many ask, and what fails is told and can be asked for again", async () => {
  let made = 0;
  const troubles: unknown[] = [];
  const make = async () => {
    made += 1;
    if (made === 1) throw new Error("no database");
    return block({ version: "2", data: "new" });
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 10));
  for (let asked = 0; asked < 5; asked += 1)
    makeLater("later", make, (error) => troubles.push(error));
  await settled();
  expect([made, troubles.length]).toEqual([1, 1]);
  makeLater("later", make, (error) => troubles.push(error));
  await settled();
  expect(findKept("later", "2", at(0))).toMatchObject({ kind: "same", block: { data: "new" } });
});
