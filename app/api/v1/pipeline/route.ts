import { createHash } from "node:crypto";
import { boardQuestion } from "@/lib/crm/core/board-address";
import { readBoard } from "@/lib/crm/loaders/board";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";

/** A pipeline's board as the caller may see it. With `If-None-Match` of the last answer, 304 while it is the same. */
export const GET = memberRoute(
  { route: "GET /api/v1/pipeline", query: boardQuestion },
  async ({ actor, query: { pipeline, show, parked, cards, ...query }, request }) => {
    const asked = { ...query, pipelineId: pipeline, chip: show, parked: parked === "1" };
    const board = await readBoard(actor, asked, cards);
    const etag = `"${createHash("sha256").update(JSON.stringify(board)).digest("base64url")}"`;
    // No cache keeps it: the page remembers the mark of its last answer by itself.
    const headers = { etag };
    if (request.headers.get("if-none-match") === etag)
      return new Response(null, { status: 304, headers });
    return jsonAnswer(200, board, headers);
  },
);
