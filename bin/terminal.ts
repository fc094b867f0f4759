/** Tells the operator what happens. To stderr, so that a command's result can be piped. */
export const say = (line: string): void => console.error(line);

/** A command's result: text for people, or one JSON value with `--json`. */
export function print(isJson: boolean, value: unknown, text: () => string): void {
  console.log(isJson ? JSON.stringify(value) : text());
}

/** Columns aligned by their longest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
