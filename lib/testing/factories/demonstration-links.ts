import type { Db } from "@/lib/db/client";
import type { Person } from "./workspace";
import { makeLink } from "./workspace";

/** The links of the demonstration: a request, a quick call, a round robin, a class with seats, a visit. */
export async function makeDemonstrationLinks(
  db: Db,
  { host, priya, kenji }: Readonly<Record<"host" | "priya" | "kenji", Person>>,
): Promise<void> {
  const online = { places: [{ kind: "virtual", label: "Jitsi Meet" }] } as const;
  const month = { kind: "days", days: 30 };
  await makeLink(db, [host], {
    ...online,
    token: "demo",
    name: "Product conversation",
    description:
      "Bring one planning problem you have today. We look at it together and agree on a next step.",
    duration_minutes: 60,
    notice_minutes: 120,
    horizon: month,
    needs_approval: true,
  });
  await makeLink(db, [host], {
    ...online,
    token: "demo-quick",
    name: "Quick call",
    description: "Half an hour for one question.",
    duration_minutes: 30,
    interval_minutes: 15,
    notice_minutes: 60,
    horizon: month,
  });
  await makeLink(db, [host, priya, kenji], {
    ...online,
    token: "demo-team",
    name: "Meet the team",
    description: "Whoever of us is free first takes the call.",
    duration_minutes: 30,
    notice_minutes: 60,
    horizon: month,
    role: "one_of",
  });
  await makeLink(db, [priya], {
    token: "demo-class",
    name: "Open planning class",
    description: "A live tour for up to eight guests, with time for questions.",
    duration_minutes: 45,
    interval_minutes: 60,
    notice_minutes: 60,
    horizon: month,
    seats: 8,
    extra_guests: 2,
    waiting_list: true,
    after_note: "Bring a plan you are working on; we look at two or three of them together.",
    places: [{ kind: "virtual", label: "Jitsi Meet" }],
    questions: [
      { key: "company", kind: "text", label: "Company" },
      {
        key: "size",
        kind: "select",
        label: "How many people plan in your team?",
        options: ["Just me", "2 to 10", "11 to 50", "More"],
      },
      {
        key: "topic",
        kind: "long_text",
        label: "What should we look at?",
        help: "Only the host reads this.",
      },
    ],
  });
  await makeLink(db, [kenji], {
    token: "demo-visit",
    name: "Meet in Tokyo",
    description: "In our office, at yours, or on the phone: you choose.",
    duration_minutes: 60,
    other_durations: [30, 90],
    interval_minutes: 30,
    notice_minutes: 240,
    horizon: month,
    needs_approval: true,
    places: [
      { kind: "address", label: "Our office", detail: "1-9-1 Marunouchi, Chiyoda, Tokyo" },
      { kind: "address", label: "Your office", asks: "address" },
      { kind: "phone", label: "We call you", asks: "phone" },
    ],
    questions: [
      { key: "company", kind: "text", label: "Company", required: true },
      { key: "summary", kind: "checkbox", label: "Send me a written summary" },
    ],
  });
}
