import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import { withWorkspace } from "@/bin/people";
import { print, say } from "@/bin/terminal";
import { checkFigures } from "@/lib/metrics/commands/check-figures";
import { findKeptDays } from "@/lib/metrics/reads/rollup-state";
import { rebuildWorkspace } from "@/lib/metrics/writes/rollup";
import { OperatorError } from "@/lib/operations/operator-error";
import { addDays } from "@/lib/time/offset";

/** `metrics rebuild`: everything anew. `metrics check`: every day compared; exit code 1 where one differed. */
export const command: Command = {
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: "boolean" } },
    });
    const [what, ...more] = positionals;
    if (more.length > 0 || (what !== "rebuild" && what !== "check")) {
      throw new OperatorError("Say what: metrics rebuild, or metrics check.");
    }
    const json = values.json ?? false;
    return withWorkspace(async ({ deps: { db, now }, workspaceId }) => {
      const begun = performance.now();
      const seconds = () => Math.round((performance.now() - begun) / 100) / 10;
      if (what === "rebuild") {
        if (!(await rebuildWorkspace(db, workspaceId))) {
          throw new OperatorError(
            "Figures are being put together right now. Try again in a moment.",
          );
        }
        print(json, { rebuilt: true, seconds: seconds() }, () =>
          [`All figures were made anew from the records in ${seconds()} s.`].join("\n"),
        );
        return 0;
      }
      const kept = await findKeptDays(db, workspaceId);
      if (kept === undefined) say("Nothing is kept yet.");
      const drift =
        kept === undefined
          ? null
          : await checkFigures(
              { workspaceId, from: kept.first, to: addDays(kept.last, 1) },
              { db, now },
            );
      print(json, { drift, seconds: seconds() }, () =>
        drift === null
          ? `Every kept figure is what the records say (${seconds()} s).`
          : `Different from the records: ${drift}. They are read from the records until they are made anew.`,
      );
      return drift === null ? 0 : 1;
    });
  },
};
