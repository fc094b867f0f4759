import type { ReactNode } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";

type FieldProps = {
  readonly name: string;
  /** Where the name is no id, as for the answers. */
  readonly id?: string;
  readonly label: ReactNode;
  readonly hint?: string | undefined;
  readonly help?: string | null;
  readonly problem: string | undefined;
  readonly type?: "text" | "email" | "tel";
  readonly lines?: number;
  /** To choose from; a field to write in otherwise. */
  readonly options?: readonly string[];
  /** What the choice says while nothing is chosen. */
  readonly nothing?: string;
  readonly value: string;
  readonly required?: boolean;
  readonly autoComplete: string;
  readonly maxLength: number;
};

/** What is wrong with a field, below it. */
export function FieldProblem({
  id,
  problem,
}: {
  readonly id: string;
  readonly problem: string | undefined;
}) {
  if (problem === undefined) return null;
  return (
    <p className={controls.error} id={`${id}-problem`}>
      <Icon name="alert" />
      {problem}
    </p>
  );
}

/** What describes a field to those who do not see what stands around it. */
export const describedBy = (
  id: string,
  said: { readonly help?: string | null | undefined; readonly problem: string | undefined },
): string | undefined =>
  [said.help == null ? "" : `${id}-help`, said.problem === undefined ? "" : `${id}-problem`]
    .filter((part) => part !== "")
    .join(" ") || undefined;

function Choice({
  options,
  nothing,
  common,
  value,
}: {
  readonly options: readonly string[];
  readonly nothing: string;
  readonly common: { readonly className: string | undefined; readonly id: string };
  readonly value: string;
}) {
  return (
    <div className={controls.select}>
      {/* A new key with each answer of the server: a reset form would fall back to the first value it ever had. */}
      <select {...common} key={value} defaultValue={value}>
        <option value="">{nothing}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </div>
  );
}

/** One field: label above, help and what is wrong with it below. `lines`: a field of several lines. */
export function FormField(props: FieldProps) {
  const { name, id = name, label, hint, help = null, problem, value, required = false } = props;
  const common = {
    className: controls.input,
    id,
    name,
    autoComplete: props.autoComplete,
    "aria-required": required || undefined,
    "aria-invalid": problem === undefined ? undefined : true,
    "aria-describedby": describedBy(id, { help, problem }),
  } as const;
  const written = { ...common, defaultValue: value, maxLength: props.maxLength };
  return (
    <div className={controls.field}>
      <label className={controls.label} htmlFor={id}>
        {label}
        {hint === undefined ? null : <span className={controls.optional}> {hint}</span>}
      </label>
      {props.options === undefined ? null : (
        <Choice
          options={props.options}
          nothing={props.nothing ?? ""}
          common={common}
          value={value}
        />
      )}
      {props.options === undefined && props.lines === undefined ? (
        <input type={props.type ?? "text"} {...written} />
      ) : null}
      {props.lines === undefined ? null : <textarea rows={props.lines} {...written} />}
      {help === null ? null : (
        <p className={`${controls.help} theirs`} id={`${id}-help`}>
          {help}
        </p>
      )}
      <FieldProblem id={id} problem={problem} />
    </div>
  );
}
