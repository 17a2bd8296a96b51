/**
 * Matrix products on oneDNN, a native library that reaches the 8-bit and bf16 units of x86 processors, which Java's Vector
 * API does not.
 *
 * <p>Entry type: {@link dev.confab.kernels.onednn.OneDnnProvider}, which the engine finds with
 * {@link java.util.ServiceLoader}. Weights stay packed as the engine's vector kernels pack them and are multiplied where
 * they lie; attention, normalisation and single rows are left to those kernels. Each worker of the engine's pool runs
 * oneDNN on its own panels with one thread, so that OpenMP's threads never start.
 */
@NullMarked
package dev.confab.kernels.onednn;

import org.jspecify.annotations.NullMarked;
