import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import type { PeopleHouse } from "@/bin/people";
import { withWorkspace } from "@/bin/people";
import { print, table } from "@/bin/terminal";
import { verdictWords } from "@/lib/forecasting/core/score-words";
import { trainScores } from "@/lib/forecasting/handlers/train-scores";
import { findScore } from "@/lib/forecasting/reads/score-model";
import { OperatorError } from "@/lib/operations/operator-error";
import { toIso } from "@/lib/time/instant";

async function train({ deps, workspaceId }: PeopleHouse, json: boolean): Promise<number> {
  const { counts } = await trainScores(deps, { workspaceId, always: true });
  const kept = await findScore(deps.db, workspaceId);
  if (kept === undefined) throw new Error("a training that was not kept");
  const { version, trainedAt, accepted, why, closed, won, quality } = kept;
  const answer = {
    version,
    trainedAt: toIso(trainedAt),
    accepted,
    why,
    closed,
    won,
    written: counts.written ?? 0,
    quality,
  };
  print(json, answer, () =>
    [
      verdictWords(kept),
      table([
        ["closed", String(closed)],
        ["won", String(won)],
        ...(quality === null
          ? []
          : [
              ["tried on", String(quality.n)],
              ["AUC", quality.auc?.toFixed(3) ?? "–"],
              ["Brier skill", quality.skill.toFixed(4)],
              ["… 5 % bound", quality.skillBound.toFixed(4)],
              ["lift at 10 %", quality.lift?.toFixed(2) ?? "–"],
            ]),
        ["probabilities written", String(answer.written)],
      ]),
    ].join("\n"),
  );
  return 0;
}

export const command: Command = {
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: "boolean" } },
    });
    if (positionals.join(" ") !== "train") throw new OperatorError("Say what: score train.");
    return withWorkspace((house) => train(house, values.json ?? false));
  },
};
