export type PartsRefusal =
  | "part-of-itself"
  | "part-is-made-of-parts"
  | "whole-is-a-part"
  | "no-such-part";

type Known = {
  readonly id: string;
  readonly location: string;
  readonly partIds: readonly string[];
  readonly wholeIds: readonly string[];
};

/**
 * Whether a room may be made of these parts. Joined rooms are one step deep: a part has no parts of its own, and a
 * room with parts is no part. All stand at one location.
 */
export function checkParts(
  whole: { readonly id: string | undefined; readonly location: string },
  partIds: readonly string[],
  rooms: readonly Known[],
): PartsRefusal | undefined {
  if (partIds.length === 0) return undefined;
  if (whole.id !== undefined && partIds.includes(whole.id)) return "part-of-itself";
  const parts = partIds.map((id) => rooms.find((room) => room.id === id));
  if (parts.some((part) => part?.location !== whole.location)) return "no-such-part";
  if (parts.some((part) => (part?.partIds.length ?? 0) > 0)) return "part-is-made-of-parts";
  const self = rooms.find(({ id }) => id === whole.id);
  return (self?.wholeIds.length ?? 0) > 0 ? "whole-is-a-part" : undefined;
}
