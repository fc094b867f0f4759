import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Debian's own: a Python from elsewhere on the path does not know Debian's modules. */
const PYTHON = "/usr/bin/python3";

function ran(program: string, args: readonly string[], input = ""): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(
    `${program} is needed to read calendar files as others do (Debian, Ubuntu: apt-get install python3-icalendar khal): ${error?.message ?? stderr}`,
  );
}

/** One entry of a calendar file as Python's icalendar understands it; moments are ISO 8601 in UTC. */
export type PythonEntry = {
  readonly method: string;
  readonly uid: string;
  readonly sequence: number;
  readonly start: string;
  readonly end: string;
  readonly status: string;
  readonly summary: string;
  readonly organizer: string;
  readonly attendees: readonly { readonly address: string; readonly partstat: string }[];
};

const READ = `
import json, sys
from datetime import timezone
from icalendar import Calendar

def utc(value):
    return value.dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")

entries = []
for text in json.load(sys.stdin):
    calendar = Calendar.from_ical(text)
    for event in calendar.walk("VEVENT"):
        people = event.get("ATTENDEE", [])
        people = people if isinstance(people, list) else [people]
        entries.append({
            "method": str(calendar.get("METHOD", "")),
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "start": utc(event["DTSTART"]),
            "end": utc(event["DTEND"]),
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
            "organizer": str(event.get("ORGANIZER", "")),
            "attendees": [{"address": str(one), "partstat": str(one.params["PARTSTAT"])} for one in people],
        })
json.dump(entries, sys.stdout)
`;

/** Every entry of these files, in order. Throws when Python cannot read one, or is not here. */
export const readWithPython = (files: readonly string[]): PythonEntry[] =>
  JSON.parse(ran(PYTHON, ["-c", READ], JSON.stringify(files))) as PythonEntry[];

/** A line of somebody's calendar: wall times of their own zone, `2026-11-18 14:00`. */
export type KhalLine = {
  readonly start: string;
  readonly end: string;
  readonly uid: string;
  readonly title: string;
};

/**
 * The calendar of somebody in `zone` who took in these files one after the other, as khal shows it from `from` (a day)
 * for so many days. What replaces an entry replaces it here, too.
 */
export function readWithKhal(
  files: readonly string[],
  { zone, from, days }: { readonly zone: string; readonly from: string; readonly days: number },
): KhalLine[] {
  const folder = mkdtempSync(join(tmpdir(), "meridian-khal-"));
  try {
    const moment = "%Y-%m-%d %H:%M";
    mkdirSync(join(folder, "calendar"));
    const settings = join(folder, "khal.conf");
    writeFileSync(
      settings,
      [
        "[calendars]",
        "[[own]]",
        `path = ${join(folder, "calendar")}`,
        "type = calendar",
        "[locale]",
        "timeformat = %H:%M",
        "dateformat = %Y-%m-%d",
        "longdateformat = %Y-%m-%d",
        `datetimeformat = ${moment}`,
        `longdatetimeformat = ${moment}`,
        `local_timezone = ${zone}`,
        `default_timezone = ${zone}`,
        "[default]",
        "default_calendar = own",
        "[sqlite]",
        `path = ${join(folder, "khal.db")}`,
        "",
      ].join("\n"),
    );
    files.forEach((file, index) => {
      const path = join(folder, `${index}.ics`);
      writeFileSync(path, file);
      ran("khal", ["-c", settings, "import", "--batch", "-a", "own", path]);
    });
    const format = "{start-long}|{end-long}|{uid}|{title}";
    const args = ["-c", settings, "list", "--day-format", "", "-f", format, from, `${days}d`];
    return ran("khal", args)
      .split("\n")
      .filter((line) => line.includes("|"))
      .map((line) => {
        const [start = "", end = "", uid = "", title = ""] = line.split("|");
        return { start, end, uid, title };
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
