import { diceOf } from "./dice";
import { activitiesOf } from "./life-activities";
import { birthMaker } from "./life-birth";
import { answer, courseOf, endsAsLead, runCourse } from "./life-course";
import type { Draft, LeadLife } from "./life-draft";
import { amountOf, dayOf } from "./life-draft";
import type { SalesWorld } from "./world";

/** Makes lives by number; the same seed and number give the same life, whatever else is made. */
export function lifeMaker(world: SalesWorld): (index: number) => LeadLife {
  const birthOf = birthMaker(world);
  return (index) => {
    const dice = diceOf(world.seed, index);
    const made = birthOf(index, dice);
    const priced: Draft = { dice, world, steps: [], ...made };
    const draft: Draft =
      made.birth.kind === "opportunity" || dice.chance(0.3)
        ? {
            ...priced,
            birth: {
              ...made.birth,
              amountMinor: dice.chance(0.95) ? amountOf(priced) : null,
              mrrMinor: dice.chance(0.1) ? dice.whole(10, 200) * 1_000 : null,
            },
          }
        : priced;
    return liveOn(draft, index);
  };
}

function liveOn(drafted: Draft, index: number): LeadLife {
  const course = courseOf(drafted);
  const draft: Draft =
    drafted.birth.kind === "opportunity"
      ? { ...drafted, birth: { ...drafted.birth, expectedClose: dayOf(course.expected) } }
      : drafted;
  answer(draft);
  if (draft.birth.kind === "opportunity" || !endsAsLead(draft)) runCourse(draft, course);
  const { birth, steps, dice, world } = draft;
  return {
    birth,
    steps,
    activities: activitiesOf({ birth, steps, dice, now: world.now, seed: world.seed, index }),
  };
}
