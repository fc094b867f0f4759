type Row = Readonly<Record<string, unknown>>;

/** What a guest is given of what is held about them. Moments are ISO 8601 in UTC. */
export type GuestExport = {
  readonly email: string;
  readonly madeAt: string;
  readonly meetings: readonly Row[];
  readonly answers: readonly Row[];
  readonly history: readonly Row[];
  readonly mails: readonly Row[];
  readonly waitingLists: readonly Row[];
  readonly refusedMail: readonly Row[];
  readonly requests: readonly Row[];
  readonly contacts: readonly Row[];
  readonly deals: readonly Row[];
  readonly dealNotes: readonly Row[];
  readonly dealActivities: readonly Row[];
};

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const inert = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  return inert(typeof value === "object" ? JSON.stringify(value, null, 1) : String(value));
};

function table(title: string, rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head = columns.map((name) => `<th scope="col">${inert(name)}</th>`).join("");
  const body = rows
    .map((row) => `<tr>${columns.map((name) => `<td>${cell(row[name])}</td>`).join("")}</tr>`)
    .join("");
  const content = rows.length === 0 ? "<p>Nothing.</p>" : `<table><tr>${head}</tr>${body}</table>`;
  return `<h2>${inert(title)} (${rows.length})</h2>${content}`;
}

const TITLES: readonly (readonly [keyof GuestExport, string])[] = [
  ["meetings", "Meetings"],
  ["answers", "Answers to questions"],
  ["history", "What you did"],
  ["mails", "Mails to you"],
  ["waitingLists", "Waiting lists"],
  ["refusedMail", "Mail your address refused"],
  ["requests", "Kept answers to requests"],
  ["contacts", "Your entry among contacts"],
  ["deals", "Leads and deals about you"],
  ["dealNotes", "Notes on them"],
  ["dealActivities", "Activities with them"],
];

/** The same as a page of its own that asks nobody for anything: no scripts, no pictures, no addresses. */
export function exportPage(exported: GuestExport): string {
  const parts = TITLES.map(([field, title]) => table(title, exported[field] as readonly Row[]));
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>What is held about ${inert(exported.email)}</title>
<style>body{font:14px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}td,th{border:1px solid;padding:4px 8px;text-align:left;vertical-align:top;white-space:pre-wrap}</style></head>
<body><h1>What is held about ${inert(exported.email)}</h1><p>As of ${inert(exported.madeAt)}.</p>
${parts.join("\n")}
</body></html>
`;
}
