import { randomUUID } from "node:crypto";
import type { Group } from "@/lib/access/actor";
import type { Transaction } from "@/lib/db/client";

const WORKING_DAYS = [1, 2, 3, 4, 5];
const NINE = 9 * 60;
const SEVENTEEN = 17 * 60;

export type PersonRow = {
  readonly workspaceId: string;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly title: string | null;
  readonly passwordHash: string | null;
  readonly zone: string;
  readonly locale: string;
  readonly groups: readonly Group[];
  /** When they were invited; absent for an account that is made whole. */
  readonly invitedAt?: Date;
};

/**
 * A person with what makes them bookable: their resource, which every claim on their time locks, and a schedule
 * of Monday to Friday, 9 to 17 in their own zone.
 */
export async function insertPerson(tx: Transaction, person: PersonRow): Promise<void> {
  const { workspaceId, id: userId, groups, ...own } = person;
  await tx.appUser.create({ data: { workspaceId, id: userId, ...own } });
  await insertGroups(tx, { workspaceId, userId }, groups);
  await tx.resource.create({
    data: { workspaceId, id: randomUUID(), kind: "person", userId, name: own.name },
  });
  const scheduleId = randomUUID();
  await tx.schedule.create({
    data: {
      workspaceId,
      id: scheduleId,
      userId,
      name: "Working hours",
      zone: own.zone,
      isDefault: true,
    },
  });
  await tx.scheduleHours.createMany({
    data: WORKING_DAYS.map((day) => ({
      workspaceId,
      scheduleId,
      id: randomUUID(),
      day,
      fromMinute: NINE,
      toMinute: SEVENTEEN,
    })),
  });
}

export async function insertGroups(
  tx: Transaction,
  person: { readonly workspaceId: string; readonly userId: string },
  groups: readonly Group[],
): Promise<void> {
  await tx.userGroup.createMany({ data: groups.map((groupName) => ({ ...person, groupName })) });
}
