import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Dice } from "./dice";
import { idOf } from "./dice";
import type { Birth, MadeActivity, Step } from "./life-draft";
import { WHAT } from "./world";

const SUBJECTS: Readonly<Record<MadeActivity["kind"], readonly string[]>> = {
  call: ["Call back", "Talk about the start date", "Ask about the budget", "Introductory call"],
  mail: ["Send the quote", "Answer questions", "Send references", "Follow up"],
  meeting: ["Demo", "Pricing review", "Kick-off", "Workshop"],
  task: ["Prepare the offer", "Review terms", "Check with finance"],
};
const KINDS = ["call", "mail", "meeting", "task"] as const;

type Life = {
  readonly birth: Birth;
  readonly steps: readonly Step[];
  readonly dice: Dice;
  readonly now: Instant;
  readonly seed: number;
  readonly index: number;
};

/** Half past or full hours in the daytime look planned; the day is what counts. */
const planned = (moment: number, dice: Dice): Instant =>
  instantOf(Math.floor(moment / DAY_MS) * DAY_MS + (2 * 60 + 30 * dice.whole(0, 18)) * MINUTE_MS);

/** What was done at a turn of its life: an answer always is something, a move sometimes. */
function doneAt(patch: Step["patch"], dice: Dice): MadeActivity["kind"] | undefined {
  if (patch.firstResponseAt !== undefined) return dice.pick(["call", "mail"] as const);
  return patch.stageId !== undefined && dice.chance(0.4) ? dice.pick(KINDS) : undefined;
}

/** What was done with a lead at its turns, and what is planned next while it is open: two of three deals have a next step. */
export function activitiesOf({
  birth,
  steps,
  dice,
  now,
  seed,
  index,
}: Life): readonly MadeActivity[] {
  const made: MadeActivity[] = [];
  const add = (
    kind: MadeActivity["kind"],
    at: Instant,
    doneAt: Instant | null,
    who: string | null,
  ) => {
    made.push({
      id: idOf(seed, WHAT.activity, index * 16 + made.length),
      kind,
      subject: dice.pick(SUBJECTS[kind]),
      dueAt: at,
      doneAt,
      minutes: kind === "call" || kind === "meeting" ? dice.whole(1, 12) * 5 : null,
      direction: kind === "call" || kind === "mail" ? "out" : null,
      assigneeId: who,
      createdAt: instantOf(
        Math.max(birth.createdAt, (doneAt ?? now) - dice.whole(1, 40) * 60 * MINUTE_MS),
      ),
    });
  };
  let owner = birth.ownerId;
  for (const { at, patch } of steps) {
    if (patch.ownerId !== undefined) owner = patch.ownerId;
    const kind = doneAt(patch, dice);
    if (made.length < 12 && kind !== undefined) add(kind, at, at, owner);
  }
  const closes = steps.some(({ patch }) => patch.status !== undefined);
  const isDeal =
    birth.kind === "opportunity" || steps.some(({ patch }) => patch.kind !== undefined);
  if (!closes && owner !== null && dice.chance(isDeal ? 0.68 : 0.4)) {
    add(dice.pick(KINDS), planned(now + dice.whole(-3, 12) * DAY_MS, dice), null, owner);
  }
  return made;
}
