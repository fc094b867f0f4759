import { expect, test } from "vitest";
import { readZoomSummary } from "./zoom-summary";

const fields = {
  meeting_topic: "Delivery plan",
  summary_title: "Delivery plan with Halden Works",
  summary_overview: "Dates and owners.",
  summary_details: [{ label: "Dates", summary: "Cut-over on 5 December." }],
  next_steps: ["Mika: send the list of users"],
};

test("a summary in fields is read as it is", () => {
  expect(readZoomSummary(fields)).toEqual({
    title: "Delivery plan with Halden Works",
    overview: "Dates and owners.",
    details: [{ label: "Dates", summary: "Cut-over on 5 December." }],
    nextSteps: ["Mika: send the list of users"],
  });
});

test("what the host edited counts more", () => {
  const edited = {
    summary_details: [{ label: "Dates", summary: "On 8 December." }],
    next_steps: [],
  };
  expect(readZoomSummary({ ...fields, edited_summary: edited })).toMatchObject({
    details: [{ label: "Dates", summary: "On 8 December." }],
    nextSteps: ["Mika: send the list of users"],
  });
});

test("a summary in one Markdown text is taken apart", () => {
  const summary_content = [
    "## Quick recap",
    "The teams agreed on **dates**.",
    "",
    "## Next steps",
    "- [ ] Mika: send the [list](https://example.com/list)",
    "2. Ana: book the room",
    "",
    "## Summary",
    "### Dates",
    "Cut-over on 5 December.",
    "Rehearsal the week before.",
    "### Owners:",
    "- Ana leads",
  ].join("\n");
  expect(readZoomSummary({ meeting_topic: "Delivery plan", summary_content })).toEqual({
    title: "Delivery plan",
    overview: "The teams agreed on dates.",
    details: [
      { label: "Dates", summary: "Cut-over on 5 December.\nRehearsal the week before." },
      { label: "Owners", summary: "Ana leads" },
    ],
    nextSteps: ["Mika: send the list", "Ana: book the room"],
  });
});

test("text without headings is the overview", () => {
  expect(readZoomSummary({ summary_content: "We met.\nIt went well." })).toMatchObject({
    overview: "We met.\nIt went well.",
    details: [],
    nextSteps: [],
  });
});

test("an empty summary is none, and so is something else", () => {
  expect(
    readZoomSummary({ ...fields, summary_overview: "", summary_details: [], next_steps: [] }),
  ).toBeNull();
  expect(readZoomSummary("nothing")).toBeNull();
  expect(readZoomSummary({ summary_details: "odd", next_steps: 3 })).toBeNull();
});

test("fields of another shape are left out and the others kept", () => {
  expect(readZoomSummary({ ...fields, summary_details: "odd" })).toMatchObject({
    overview: "Dates and owners.",
    details: [],
  });
});
