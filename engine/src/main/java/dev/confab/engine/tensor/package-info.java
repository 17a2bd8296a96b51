/**
 * Matrices, number formats, kernels and worker threads: the arithmetic that a transformer is made of.
 *
 * <p>Entry type: {@link dev.confab.engine.tensor.Kernels}, one set of kernels (plain loops, the Vector API, or what a
 * {@link dev.confab.engine.tensor.KernelSetProvider} brings), chosen once at start. A kernel set owns the packing of its
 * weight matrices ({@link dev.confab.engine.tensor.PackedMatrix}); only other kernel sets know the layout.
 * {@link dev.confab.engine.tensor.Operations} binds a set to a
 * {@link dev.confab.engine.tensor.WorkerPool} and holds the scratch memory; it serves one thread at a time. Everything
 * else here is immutable or says otherwise.
 */
@NullMarked
package dev.confab.engine.tensor;

import org.jspecify.annotations.NullMarked;
