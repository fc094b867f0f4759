import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { OfficeProvider } from "@/components/ui/office-provider";
import type { Block } from "@/lib/dashboards/core/batch";
import type { BlockView } from "./block-frame";
import { BlockFrame } from "./block-frame";
import { BlockEmpty } from "./block-states";

const sheet = { columns: [{ name: "Team" }], rows: [{ key: "a", cells: ["Enterprise"] }] };
const html = (block: Block<number> | undefined, view: BlockView = {}, stale = false) =>
  renderToStaticMarkup(
    <OfficeProvider nonce={undefined}>
      <BlockFrame
        title="Which sources pay?"
        block={block}
        stale={stale}
        height={240}
        onRetry={() => undefined}
      >
        {() => view}
      </BlockFrame>
    </OfficeProvider>,
  );
const ready = { status: "ready", data: 1 } as const;

test("a block that is waited for is as high as it will be, and has nothing to press", () => {
  const said = html(undefined);
  expect(said).toContain("min-height:240px");
  expect(said).toContain("Loading: Which sources pay?");
  expect(said).not.toContain("<button");
});

test("a block that failed says why, with the reference and a way to try again", () => {
  const said = html({ status: "failed", cause: "slow", reference: "7f3a-20c1" });
  expect(said).toContain('role="alert"');
  expect(said).toContain("Its query passed 2 s and was stopped.");
  expect(said).toContain("Reference 7f3a-20c1");
  expect(said).toContain("Retry");
});

test("with a drawing and a sheet the reader chooses, and sees the drawing first", () => {
  const said = html(ready, { chart: <p>drawn</p>, sheet });
  expect(said).toContain("drawn");
  expect(said).not.toContain("Enterprise");
  expect(said).toContain('aria-pressed="true" aria-label="Chart"');
  expect(said).toContain('aria-label="More about: Which sources pay?"');
});

test("with a table alone there is nothing to choose", () => {
  const said = html(ready, { table: <p>rows</p> });
  expect(said).toContain("rows");
  expect(said).not.toContain("aria-pressed");
});

test("an empty block says why and what to do, and offers no file", () => {
  const empty = <BlockEmpty action={<a href="/x">Widen the range</a>}>No deals closed.</BlockEmpty>;
  const said = html(ready, { chart: <p>drawn</p>, sheet, empty });
  expect(said).toContain("No deals closed.");
  expect(said).not.toContain("drawn");
  expect(said).not.toContain("More about");
});

test("what is being replaced stays, dimmed, and says that it is busy", () => {
  const said = html(ready, { table: <p>rows</p> }, true);
  expect(said).toContain("rows");
  expect(said).toContain('data-stale=""');
  expect(said).toContain('aria-busy="true"');
});
