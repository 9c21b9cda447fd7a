/** Normal equations of a weighted adjustment, solved for the update and the cofactors. */
export interface Adjustment {
  readonly update: Float64Array;
  /** (AᵀWA)⁻¹ row by row. */
  readonly cofactors: Float64Array;
}

/**
 * Weighted least squares of `rows × unknowns` observation equations: (AᵀWA)⁻¹ AᵀWv.
 * Undefined where the equations do not determine the unknowns.
 */
export function adjust(
  design: Float64Array,
  weights: Float64Array,
  misclosures: Float64Array,
  unknowns: number,
): Adjustment | undefined {
  const rows = weights.length;
  const normal = new Float64Array(unknowns * unknowns);
  const right = new Float64Array(unknowns);
  for (let row = 0; row < rows; row++) {
    const w = weights[row] as number;
    const v = misclosures[row] as number;
    for (let i = 0; i < unknowns; i++) {
      const a = w * (design[row * unknowns + i] as number);
      if (a === 0) continue;
      right[i] = (right[i] as number) + a * v;
      for (let j = 0; j <= i; j++) {
        const at = i * unknowns + j;
        normal[at] = (normal[at] as number) + a * (design[row * unknowns + j] as number);
      }
    }
  }
  const cofactors = invertSymmetric(normal, unknowns);
  if (cofactors === undefined) return undefined;
  const update = new Float64Array(unknowns);
  for (let i = 0; i < unknowns; i++) {
    let sum = 0;
    for (let j = 0; j < unknowns; j++) sum += (cofactors[i * unknowns + j] as number) * (right[j] as number);
    update[i] = sum;
  }
  return { update, cofactors };
}

/** Inverse of a symmetric positive definite matrix, of which the lower half is read, by Cholesky. */
function invertSymmetric(matrix: Float64Array, n: number): Float64Array | undefined {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (lower[i * n + k] as number) * (lower[j * n + k] as number);
      if (i !== j) {
        lower[i * n + j] = sum / (lower[j * n + j] as number);
        continue;
      }
      // Relative to its own row: what is left of a dependent unknown is rounding.
      if (!(sum > 1e-10 * (matrix[i * n + i] as number))) return undefined;
      lower[i * n + i] = Math.sqrt(sum);
    }
  }
  const inverse = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    for (let i = 0; i < n; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= (lower[i * n + k] as number) * (inverse[k * n + column] as number);
      inverse[i * n + column] = sum / (lower[i * n + i] as number);
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = inverse[i * n + column] as number;
      for (let k = i + 1; k < n; k++)
        sum -= (lower[k * n + i] as number) * (inverse[k * n + column] as number);
      inverse[i * n + column] = sum / (lower[i * n + i] as number);
    }
  }
  return inverse;
}

/** Value that a χ² of so many degrees of freedom exceeds once in a thousand (Wilson and Hilferty 1931). */
export function chiSquareLimit(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 3.0902 * Math.sqrt(spread)) ** 3;
}
