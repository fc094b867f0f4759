import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;
type Body = (world: World, about: Booking) => object | Promise<object>;
type Maker = (world: World, about: Booking) => string | Promise<string>;

/** What `[id]` stands for in paths of sales, by how the path begins. */
export const crmIds: Readonly<Record<string, Maker>> = {};

/** What the routes of sales are sent, by `METHOD path`. */
export const crmBodies: Readonly<Record<string, Body>> = {};

/** The fields of the actions of sales, by the action's name. */
export const crmForms = (_world: World, _about: Booking): Readonly<Record<string, Form>> => ({});

/** Brings things into the state in which one of these actions would do something. */
export async function prepareCrm(_world: World, _name: string, _about: Booking): Promise<void> {}
