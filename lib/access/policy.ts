import type { Actor } from "./actor";

/**
 * Proof that an actor may do `Permission` to this resource.
 *
 * The class is not exported and a private field cannot be copied by a literal or a spread, so the only way to
 * hold a Grant is to have asked `authorize` for it.
 */
class Grant<Permission extends string, Resource> {
  readonly #permission: Permission;
  readonly resource: Resource;
  readonly actor: Actor;

  constructor(permission: Permission, resource: Resource, actor: Actor) {
    this.#permission = permission;
    this.resource = resource;
    this.actor = actor;
  }

  get permission(): Permission {
    return this.#permission;
  }
}

export type { Grant };

/** The actor may know that this exists, and may not do this to it. */
export class AccessDenied extends Error {
  override readonly name = "AccessDenied";
  /** What the person is told. */
  readonly words: string;

  constructor(permission: string, words = "You may not do this.") {
    super(permission);
    this.words = words;
  }
}

/** There is nothing here for this actor: absent, or foreign, which must look the same. */
export class NotHere extends Error {
  override readonly name = "NotHere";
}

/** Nobody is signed in. */
export class NotSignedIn extends Error {
  override readonly name = "NotSignedIn";
}

type Rule<Facts> = {
  /** When exactly this holds. Required, so that a gap is a statement. */
  readonly when: (actor: Actor, facts: Facts) => boolean;
  /** What somebody is told to whom it does not hold, where the general words would not help them. */
  readonly denied?: string;
};

/** A domain's rules. Deny is the default: what no rule allows is refused. */
export const definePolicy =
  <Facts>() =>
  <const Permission extends string>(rules: Readonly<Record<Permission, Rule<Facts>>>) => {
    const can = (actor: Actor, permission: Permission, facts: Facts): boolean =>
      rules[permission].when(actor, facts);

    return {
      can,

      /** Asks for the grant. Throws AccessDenied with the permission's name. */
      authorize<Asked extends Permission, Resource extends Facts>(
        actor: Actor,
        permission: Asked,
        resource: Resource,
      ): Grant<Asked, Resource> {
        if (!can(actor, permission, resource)) {
          throw new AccessDenied(permission, rules[permission].denied);
        }
        return new Grant(permission, resource, actor);
      },

      /** What the interface may offer. The same rules decide again on the server. */
      permitted: (actor: Actor, facts: Facts): Permission[] =>
        (Object.keys(rules) as Permission[]).filter((permission) => can(actor, permission, facts)),
    };
  };
