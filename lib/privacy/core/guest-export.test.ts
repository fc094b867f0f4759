import { expect, test } from "vitest";
import { exportPage } from "./guest-export";

const NOTHING = {
  email: "mika@example.com",
  madeAt: "2026-11-23T08:00:00.000Z",
  meetings: [],
  answers: [],
  history: [],
  mails: [],
  waitingLists: [],
  contacts: [],
  deals: [],
  dealNotes: [],
  dealActivities: [],
  refusedMail: [],
  requests: [],
};

test("the page says what is held, and that the rest is nothing", () => {
  const page = exportPage({ ...NOTHING, meetings: [{ subject: "Roadmap", place: null }] });
  expect(page).toContain("<h2>Meetings (1)</h2>");
  expect(page).toContain("<td>Roadmap</td><td></td>");
  expect(page).toContain("<h2>Answers to questions (0)</h2><p>Nothing.</p>");
});

test("what a guest typed is no markup there", () => {
  const typed = `<script>alert("1")</script>'&`;
  const page = exportPage({
    ...NOTHING,
    email: typed,
    answers: [{ [typed]: typed, deep: { a: typed } }],
  });
  expect(page).not.toContain("<script>");
  expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;");
});
