import { solveInPlace } from "./cholesky";

/** Rows of a one-hot design: each has the same number of ones, at these columns, and an intercept besides. */
export type Design = {
  readonly rows: number;
  /** Ones of each row: one for each field. */
  readonly perRow: number;
  readonly columns: number;
  /** rows × perRow column numbers. */
  readonly ones: Int32Array;
};

/** `weights` by column; the intercept is not held down by the penalty. */
export type Fit = { readonly intercept: number; readonly weights: Float64Array };

/** Penalty of a squared weight, halved. */
export const L2 = 3;
const MOST_STEPS = 25;
const SMALL_STEP = 1e-8;

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

export function logitOf(design: Design, row: number, { intercept, weights }: Fit): number {
  let sum = intercept;
  for (let one = row * design.perRow; one < (row + 1) * design.perRow; one += 1)
    sum += weights[design.ones[one] ?? 0] ?? 0;
  return sum;
}

type Sums = { readonly gradient: Float64Array; readonly hessian: Float64Array };

/** First and second derivatives of the penalised log loss at `fit`; the last of each is the intercept's. */
function derivatives(
  design: Design,
  outcome: Uint8Array,
  weight: Float64Array,
  fit: Fit,
): Sums & { readonly loss: number } {
  const { columns, perRow, ones, rows } = design;
  const size = columns + 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const active = new Int32Array(perRow + 1);
  active[perRow] = columns;
  let loss = 0;
  for (let row = 0; row < rows; row += 1) {
    const share = sigmoid(logitOf(design, row, fit));
    const counts = weight[row] ?? 0;
    const won = outcome[row] ?? 0;
    loss -= counts * Math.log(Math.max(1e-12, won === 1 ? share : 1 - share));
    for (let one = 0; one < perRow; one += 1) active[one] = ones[row * perRow + one] ?? 0;
    addRow({ gradient, hessian }, active, counts * (share - won), counts * share * (1 - share));
  }
  for (let column = 0; column < columns; column += 1) {
    const value = fit.weights[column] ?? 0;
    gradient[column] = (gradient[column] ?? 0) + L2 * value;
    hessian[column * size + column] = (hessian[column * size + column] ?? 0) + L2;
    loss += (L2 / 2) * value * value;
  }
  return { gradient, hessian, loss };
}

/** Adds a row's part; only the lower half of the second derivatives is kept. */
function addRow({ gradient, hessian }: Sums, active: Int32Array, first: number, second: number) {
  const size = gradient.length;
  for (const column of active) {
    gradient[column] = (gradient[column] ?? 0) + first;
    for (const other of active) {
      if (other > column) continue;
      const at = column * size + other;
      hessian[at] = (hessian[at] ?? 0) + second;
    }
  }
}

/** The loss that is made small: of the rows by their weights, and half of L2 times the squared weights. */
export const lossOf = (
  design: Design,
  outcome: Uint8Array,
  weight: Float64Array,
  fit: Fit,
): number => derivatives(design, outcome, weight, fit).loss;

/**
 * L2 logistic regression by Newton's method (iteratively reweighted least squares). The loss is convex, so that the
 * same rows give the same weights. `weight` says how much each row counts.
 */
export function fitLogistic(design: Design, outcome: Uint8Array, weight: Float64Array): Fit {
  const size = design.columns + 1;
  let fit: Fit = { intercept: 0, weights: new Float64Array(design.columns) };
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { gradient, hessian } = derivatives(design, outcome, weight, fit);
    // The intercept alone has no penalty; a hair of one keeps the matrix definite where all rows agree.
    hessian[size * size - 1] = (hessian[size * size - 1] ?? 0) + 1e-9;
    if (!solveInPlace(hessian, gradient)) break;
    const before = fit;
    fit = {
      intercept: before.intercept - (gradient[size - 1] ?? 0),
      weights: before.weights.map((value, column) => value - (gradient[column] ?? 0)),
    };
    if (Math.max(...gradient.map(Math.abs)) < SMALL_STEP) break;
  }
  return fit;
}
