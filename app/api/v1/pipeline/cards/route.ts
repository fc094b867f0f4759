import { cardsQuestion } from "@/lib/crm/core/board-address";
import { readMoreCards } from "@/lib/crm/loaders/board";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";

/** The next cards of one column of a board, after the card named by its id and closing day. */
export const GET = memberRoute(
  { route: "GET /api/v1/pipeline/cards", query: cardsQuestion },
  async ({ actor, query: { pipeline, show, parked, column, afterId, afterClose, ...query } }) => {
    const asked = { ...query, pipelineId: pipeline, chip: show, parked: parked === "1" };
    const after = { id: afterId, close: afterClose ?? null };
    return jsonAnswer(200, { cards: await readMoreCards(actor, asked, { column, after }) });
  },
);
