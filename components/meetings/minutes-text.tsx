import type { MinutesBlock } from "@/lib/meetings/core/minutes";
import { blocksOf } from "@/lib/meetings/core/minutes";
import classes from "./minutes.module.css";

type Line = { readonly key: string; readonly text: string };
type Group = {
  readonly key: string;
  readonly kind: MinutesBlock["kind"];
  readonly lines: Line[];
};

/** Points that follow each other are one list. */
function groupsOf(blocks: readonly MinutesBlock[]): readonly Group[] {
  const groups: Group[] = [];
  for (const [index, { kind, text }] of blocks.entries()) {
    const last = groups.at(-1);
    const line = { key: `${index}`, text };
    if (kind === "item" && last?.kind === "item") last.lines.push(line);
    else groups.push({ key: line.key, kind, lines: [line] });
  }
  return groups;
}

/** Stored minutes, drawn as elements: nothing of them is ever put into the page as HTML. */
export function MinutesText({ body }: { body: string }) {
  return (
    <div className={classes.text}>
      {groupsOf(blocksOf(body)).map(({ key, kind, lines }) => {
        if (kind === "heading") return <h3 key={key}>{lines[0]?.text}</h3>;
        if (kind === "paragraph") return <p key={key}>{lines[0]?.text}</p>;
        return (
          <ul key={key}>
            {lines.map((line) => (
              <li key={line.key}>{line.text}</li>
            ))}
          </ul>
        );
      })}
    </div>
  );
}
