import { randomBytes } from "node:crypto";
import pg from "pg";
import { decodeStarts } from "@/lib/booking/core/starts-codec";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** A link over two months, made while the server runs: a copy of the quick one, with other lengths in minutes. */
export async function makeLink(
  databaseUrl: string,
  minutes: { readonly duration: number; readonly interval: number },
): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const token = `bench-${randomBytes(8).toString("hex")}`;
  try {
    const { rows } = await client.query<{ id: string }>(
      `WITH source AS (SELECT * FROM booking_link WHERE token = 'demo-quick'),
       made AS (
         INSERT INTO booking_link
         SELECT (jsonb_populate_record(NULL::booking_link, to_jsonb(source) || jsonb_build_object(
           'id', gen_random_uuid(), 'token', $1::text, 'duration_minutes', $2::int, 'interval_minutes', $3::int,
           'buffer_before_minutes', 0, 'buffer_after_minutes', 0, 'limits', '[]'::jsonb,
           'horizon', '{"kind":"days","days":60}'::jsonb, 'uses', 0, 'max_uses', NULL))).*
         FROM source RETURNING id, workspace_id)
       INSERT INTO booking_link_host
       SELECT (jsonb_populate_record(NULL::booking_link_host,
         to_jsonb(host) || jsonb_build_object('link_id', made.id))).*
       FROM booking_link_host host, made, source
       WHERE host.link_id = source.id AND host.workspace_id = made.workspace_id
       RETURNING link_id AS id`,
      [token, minutes.duration, minutes.interval],
    );
    if (rows.length === 0) throw new Error("the demonstration's quick link is missing");
    return token;
  } finally {
    await client.end();
  }
}

const STARTS = /\\"starts\\":\\"([^"\\]*)\\"/;

/** The starts a link's page offers, as its own script would read them. */
export async function offeredStarts(url: string, token: string): Promise<readonly Instant[]> {
  const answer = await fetch(`${url}/book/${token}`);
  const html = await answer.text();
  const starts = STARTS.exec(html)?.[1];
  if (answer.status !== 200 || starts === undefined)
    throw new Error(`the page of ${token} was answered with ${answer.status}`);
  return decodeStarts(starts);
}

let guests = 0;

/** Books a start over the API. True when it was acknowledged; throws on anything but a refusal. */
export async function bookStart(url: string, token: string, start: Instant): Promise<boolean> {
  guests += 1;
  const answer = await fetch(`${url}/api/v1/booking-links/${token}/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      start: toIso(start),
      name: "Bench Guest",
      email: `guest-${process.pid}-${guests}@bench.example`,
      zone: "Asia/Tokyo",
    }),
  });
  await answer.arrayBuffer();
  if (answer.status === 201) return true;
  if (answer.status === 409) return false;
  throw new Error(`a booking was answered with ${answer.status}`);
}

/** Throttles that one machine's bookings for a measurement do not meet. */
export const BENCH_LIMITS =
  "booking-address=100000/600,booking-link=100000/600,read-address=1000000/60";
