import { parseArgs } from "node:util";
import type { Figure } from "@/bench/run";
import { listBenches, runBench } from "@/bench/run";
import type { Command } from "@/bin/command";
import { root } from "@/bin/command";
import { print, say, table } from "@/bin/terminal";
import { setEnvironment } from "@/lib/env";
import { OperatorError } from "@/lib/operations/operator-error";

const shown = (value: number | undefined): string =>
  value === undefined ? "" : Number(value.toPrecision(3)).toLocaleString("en");

function toTable(figures: readonly Figure[]): string {
  const head = ["", "measured", "median", "p95", "limit", "ratio", "unit", "note"];
  return table([
    head,
    ...figures.map((figure) => [
      figure.ok ? "ok" : "MISSED",
      figure.name,
      shown(figure.median),
      shown(figure.p95),
      shown(figure.limit),
      shown(figure.ratio),
      figure.unit,
      figure.note ?? "",
    ]),
  ]);
}

export const command: Command = {
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: "boolean" } },
      allowPositionals: true,
    });
    setEnvironment({ NODE_ENV: "production" });
    const known = listBenches(root);
    const unknown = positionals.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new OperatorError(
        `There is no measurement ${unknown.join(", ")}. There are: ${known.join(", ")}.`,
      );
    }
    const figures: Figure[] = [];
    for (const name of positionals.length > 0 ? positionals : known) {
      say(`Measuring ${name} …`);
      figures.push(...(await runBench(root, name)));
    }
    print(values.json ?? false, figures, () => toTable(figures));
    return figures.every(({ ok }) => ok) ? 0 : 1;
  },
};
