import { z } from "zod";
import { calendarDateOnWire } from "@/lib/time/wire";
import type { BoardChip, BoardView } from "./board";
import { BOARD_CHIPS, BOARD_VIEWS, MOST_CARDS } from "./board";

/** What a board is asked for; every part of it is in the address. */
export type BoardAddress = {
  readonly pipelineId: string | undefined;
  readonly view: BoardView;
  readonly chip: BoardChip;
  readonly parked: boolean;
  /** What else the deals must be, as the list of leads has it in its address: `owner=…&tag=…`. */
  readonly filter: string;
};

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

const OWN = new Set(["pipeline", "view", "show", "parked", "deal"]);
const LONGEST_FILTER = 2_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function one(params: Params, name: string): string {
  const value = params[name];
  return (typeof value === "string" || value === undefined ? value : value[0]) ?? "";
}

/** Reads an address; what it does not understand is left out, so that an old or mistyped link still shows a board. */
export function boardAddressed(params: Params): BoardAddress {
  const rest = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (OWN.has(name) || value === undefined) continue;
    for (const each of [value].flat()) rest.append(name, each);
  }
  const filter = rest.toString();
  return {
    pipelineId: ID.exec(one(params, "pipeline"))?.[0].toLowerCase(),
    view: BOARD_VIEWS.find((view) => view === one(params, "view")) ?? "board",
    chip: BOARD_CHIPS.find((chip) => chip === one(params, "show")) ?? "everyone",
    parked: one(params, "parked") === "1",
    filter: filter.length > LONGEST_FILTER ? "" : filter,
  };
}

const ownParts = ({ pipelineId, view, chip, parked }: BoardAddress): [string, string][] => [
  ...(pipelineId === undefined ? [] : [["pipeline", pipelineId] satisfies [string, string]]),
  ...(view === "board" ? [] : [["view", view] satisfies [string, string]]),
  ...(chip === "everyone" ? [] : [["show", chip] satisfies [string, string]]),
  ...(parked ? [["parked", "1"] satisfies [string, string]] : []),
];

/** The page's address of a board, with parts of it changed. */
export function boardHref(asked: BoardAddress, change: Partial<BoardAddress> = {}): string {
  const next = { ...asked, ...change };
  const query = new URLSearchParams(ownParts(next));
  for (const [name, value] of new URLSearchParams(next.filter)) query.append(name, value);
  const text = query.toString();
  return text === "" ? "/pipeline" : `/pipeline?${text}`;
}

/** The query of a board for the interface of machines: the filter is one part of it. */
export function boardQuery(asked: BoardAddress, more: Readonly<Record<string, string>>): string {
  const filter = asked.filter === "" ? [] : [["filter", asked.filter]];
  return new URLSearchParams([...ownParts(asked), ...filter, ...Object.entries(more)]).toString();
}

const question = {
  pipeline: z.uuid().optional(),
  view: z.enum(BOARD_VIEWS).default("board"),
  show: z.enum(BOARD_CHIPS).default("everyone"),
  parked: z.literal("1").optional(),
  filter: z.string().max(LONGEST_FILTER).default(""),
};

export const boardQuestion = z.strictObject({
  ...question,
  cards: z.coerce.number().int().min(1).max(MOST_CARDS).optional(),
});

export const cardsQuestion = z.strictObject({
  ...question,
  column: z.string().max(40),
  afterId: z.uuid(),
  afterClose: calendarDateOnWire.optional(),
});
