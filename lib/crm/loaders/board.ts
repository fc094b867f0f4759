import "server-only";
import type { Member } from "@/lib/access/actor";
import { AccessDenied, NotHere } from "@/lib/access/policy";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Board, BoardCard, CardCursor } from "../core/board";
import type { BoardAddress } from "../core/board-address";
import type { DealChoices } from "../core/deal-view";
import { parseLeadFilter } from "../core/lead-filter";
import type { LeadView } from "../core/lead-list";
import { getSeller } from "../loaders";
import { crmPolicy } from "../policy";
import type { BoardQuestion } from "../reads/board";
import { loadBoard, loadMoreCards } from "../reads/board";
import { listReasons } from "../reads/board-place";
import { findChoices } from "../reads/deal-choices";
import { getScope } from "../reads/scope";
import { listViews } from "../reads/views";

function questionOf(member: Member, { filter, ...asked }: BoardAddress): BoardQuestion {
  const also = parseLeadFilter(new URLSearchParams(filter));
  return { ...asked, filter: also, manages: crmPolicy.can(member, "crm.configure", member) };
}

/** The board for somebody who asks by the interface of machines. Throws AccessDenied for whoever does not sell. */
export async function readBoard(
  member: Member,
  asked: BoardAddress,
  cards?: number,
): Promise<Board> {
  if (!crmPolicy.can(member, "crm.use", member)) throw new AccessDenied("crm.use");
  const { db, now } = runtime();
  const question = { ...questionOf(member, asked), cards };
  const board = await loadBoard(db, await getScope(db, member), question, now());
  if (board === undefined) throw new NotHere();
  return board;
}

/** A column's next cards, asked for in the same way. */
export async function readMoreCards(
  member: Member,
  asked: BoardAddress,
  from: { readonly column: string; readonly after: CardCursor },
): Promise<readonly BoardCard[]> {
  if (!crmPolicy.can(member, "crm.use", member)) throw new AccessDenied("crm.use");
  const { db, now } = runtime();
  const scope = await getScope(db, member);
  return loadMoreCards(db, scope, { ...questionOf(member, asked), ...from }, now());
}

export type PipelinePage = {
  /** Undefined: the workspace has no pipeline. */
  readonly board: Board | undefined;
  /** Why a deal may be said to be lost. */
  readonly reasons: readonly { readonly id: string; readonly name: string }[];
  /** What deals can be filtered by, and filters kept as views. */
  readonly choices: DealChoices;
  readonly views: readonly LeadView[];
  readonly now: Instant;
};

/** The page of a pipeline. Throws NotSignedIn; not found for whoever does not sell. */
export async function loadPipeline(asked: BoardAddress): Promise<PipelinePage> {
  const { member, scope } = await getSeller();
  const { db, now: clock } = runtime();
  const now = clock();
  const { workspaceId, userId } = member;
  const [board, reasons, choices, views] = await Promise.all([
    loadBoard(db, scope, questionOf(member, asked), now),
    listReasons(db, workspaceId),
    findChoices(db, workspaceId),
    listViews(db, { workspaceId, userId, place: "pipeline" }),
  ]);
  return { board, reasons, choices, views, now };
}
