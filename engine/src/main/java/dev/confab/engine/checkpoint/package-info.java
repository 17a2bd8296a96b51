/**
 * Turns a checkpoint on disk, a folder or one file, into named tensors.
 *
 * <p>Entry type: {@link dev.confab.engine.checkpoint.Checkpoint}. It reads safetensors, both formats of
 * {@code torch.save} and the sharded forms of either, straight from the memory-mapped files. Names are delivered as they
 * stand in the file: what they mean is the model's business. Files are untrusted: pickles are interpreted by a reader
 * that knows what a state dict needs and refuses the rest by name, and each size is checked before it is used.
 *
 * <p>Everything here may be used from any thread; closing the checkpoint ends the use of its tensors.
 */
@NullMarked
package dev.confab.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
