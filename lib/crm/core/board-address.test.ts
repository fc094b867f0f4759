import { expect, test } from "vitest";
import { boardAddressed, boardHref, boardQuery } from "./board-address";

const PIPELINE = "0192f0c1-0000-7000-8000-000000000001";

test("an address says all of the board, and a board its address", () => {
  const params = {
    pipeline: PIPELINE,
    view: "forecast",
    show: "rotting",
    parked: "1",
    owner: "me",
  };
  const asked = boardAddressed(params);
  expect(asked).toEqual({
    pipelineId: PIPELINE,
    view: "forecast",
    chip: "rotting",
    parked: true,
    filter: "owner=me",
  });
  expect(
    boardAddressed(Object.fromEntries(new URLSearchParams(boardHref(asked).split("?")[1]))),
  ).toEqual(asked);
});

test("the plain board has the plain address, and the open deal is not part of the board", () => {
  const asked = boardAddressed({ deal: PIPELINE });
  expect(boardHref(asked)).toBe("/pipeline");
  expect(boardHref(asked, { chip: "mine" })).toBe("/pipeline?show=mine");
});

test("what an address does not understand is left out", () => {
  expect(
    boardAddressed({ pipeline: "x' OR 1=1", view: "no", show: ["mine", "x"], parked: "yes" }),
  ).toEqual({
    pipelineId: undefined,
    view: "board",
    chip: "mine",
    parked: false,
    filter: "",
  });
});

test("for machines the filter is one part of the query", () => {
  const asked = boardAddressed({ tag: ["a", "b"] });
  expect(new URLSearchParams(boardQuery(asked, { cards: "20" })).get("filter")).toBe("tag=a&tag=b");
});
